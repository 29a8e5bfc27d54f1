// Runs in the guest for the tests of the virtual machine: answers, keeps a count, fails in each way.
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';

let calls = 0n;

export function count(): bigint {
  calls += 1n;
  return calls;
}

export function addresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
}

export function reversed(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(bytes).toReversed();
}

export function fail(): string {
  return readFileSync('/no/such/file', 'utf8');
}

export function unsendable(): () => void {
  return () => undefined;
}

export async function exit(): Promise<void> {
  await new Promise((resolve) => process.stderr.write('last words', resolve));
  process.exit(3);
}
