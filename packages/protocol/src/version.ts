// The version of what panel and agent say to each other, and its history.

/**
 * 1  2026-11: enrolment, hello, state, plan, apply, overrides, the stream of ticks.
 * 2  2026-11: a tick says of each service whom it refused, and why; a state says which VIPs are on the host; connections can be looked for,
 *    and are counted by state; a director says what others made on it and what its kernel is set to, and counters can begin anew;
 *    a change can wait to be confirmed, and is taken back by the director where it is not; a definition says what of a director's host the
 *    operator keeps; an operation that was not tried says why, and a change that was never begun that it was not.
 * 3  2026-11: a definition says what is asked of real servers; a director asks it, says what came of it and why, and what it can ask with;
 *    a real server can be drained with a deadline; a director keeps what each object carried in ten seconds until the panel has it, and remembers
 *    the last minutes second by second; connections can be looked for by network, and are counted in groups;
 *    a client can be followed.
 */
export const PROTOCOL_VERSION = 3;

/** A panel speaks to agents of its own version and of the one before: it is updated first, its agents one by one. An agent speaks its own. */
export const OLDEST_AGENT_VERSION = PROTOCOL_VERSION - 1;

/** Since which version an agent says or does something. What an older one does not say is null. */
export const since = { health: 3, drain: 3, history: 3, groups: 3, follow: 3 } as const;
