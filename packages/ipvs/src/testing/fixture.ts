// Messages that a kernel sent, from fixtures/*.hex.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export function fixture(name: string): Buffer[] {
  const text = readFileSync(join(import.meta.dirname, '../fixtures', `${name}.hex`), 'utf8').replace(/^#.*$/m, '');
  return text.split('\n\n').filter((block) => block.trim() !== '').map((block) => Buffer.from(block.replaceAll('\n', ''), 'hex'));
}
