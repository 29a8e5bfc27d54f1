// Reading on a thread of its own: what comes back in parts is what was read, and what takes too long is ended.
import { tutorialCluster } from '@weir/model';
import { exportDefinition } from '@weir/model/formats';
import { afterEach, expect, test, vi } from 'vitest';
import { readSource, type Source } from '../read-source.ts';
import { Gathered, partsOf } from './parts.ts';
import { readApart } from './read-apart.ts';
import { EndlessReader, ReaderInThisThread } from './testing.ts';

const ipvsadm = Array.from({ length: 60 }, (_, service) => [
  `-A -t 10.0.0.${service}:80 -s rr`, ...Array.from({ length: 200 }, (_each, host) => `-a -t 10.0.0.${service}:80 -r 10.1.${service}.${host}:80 -m`), '-C',
]).flat().join('\n');
const source = (text: string): Source => ({ files: [{ name: 'f', text }], format: null, options: { configId: null, protocol: null } });

afterEach(() => vi.unstubAllGlobals());

test.each([
  ['12,000 real servers', ipvsadm], ['YAML', exportDefinition('yaml', tutorialCluster('d1')).text], ['nothing', ''], ['a text of nobody', 'hello'], ['blocks without end', `global_defs {\n${'a {\n'.repeat(100)}`],
])('%s: the parts together are what was read, and none is large', (_, text) => {
  const read = readSource(source(text));
  const parts = [...partsOf(read)].map((part) => structuredClone(part));
  for (const part of parts) expect(JSON.stringify(part).length).toBeLessThan(1_500_000);
  const gathered = new Gathered();
  expect(parts.map((part) => gathered.take(part)).at(-1)).toEqual(read);
});

test('it ends by itself, at its deadline, and when nobody wants it any more', async () => {
  vi.stubGlobal('Worker', ReaderInThisThread);
  const options = { deadlineMs: 60_000, signal: new AbortController().signal };
  expect(await readApart(source(ipvsadm), options)).toEqual(readSource(source(ipvsadm)));
  vi.stubGlobal('Worker', EndlessReader);
  expect(await readApart(source(ipvsadm), { ...options, deadlineMs: 1 })).toEqual({ kind: 'tookTooLong' });
  expect(EndlessReader.ended).toBe(1);
  const leaving = new AbortController();
  void readApart(source(ipvsadm), { ...options, signal: leaving.signal });
  leaving.abort();
  expect(EndlessReader.ended).toBe(2);
});
