// The version of what panel and agent say to each other, and its history.

/**
 * 1  2026-11: enrolment, hello, state, plan, apply, overrides, the stream of ticks.
 */
export const PROTOCOL_VERSION = 1;
