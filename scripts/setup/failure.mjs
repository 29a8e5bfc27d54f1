// A failure that a person can act on: its message is one sentence and is shown without a stack.
export class Failure extends Error {
  /** @override */
  name = 'Failure';
}

/**
 * Shows why the command ends.
 * @param {unknown} error
 */
export function showFailure(error) {
  // By name: the launcher's bundle has its own copy of the class.
  process.stderr.write(`${error instanceof Error && error.name === 'Failure' ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
}
