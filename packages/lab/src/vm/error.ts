// The one error of the virtual machine's care: what was tried, why it failed, and the console's last lines where the machine itself failed.
export class VmError extends Error {
  override readonly name = 'VmError';
}

const shownBytes = 4_000;

/** The end of a console, ready to follow a message. */
export function consoleTail(text: string): string {
  const tail = text.replaceAll('\r', '').trim().slice(-shownBytes);
  return tail === '' ? 'The console is empty.' : `The console ends with:\n${tail}`;
}

export function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
