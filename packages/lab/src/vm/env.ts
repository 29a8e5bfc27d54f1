// What the environment says to kernel tests.

/** Vitest numbers the workers of a run from 1. */
export const workerNumber = Number(process.env['VITEST_POOL_ID']);
