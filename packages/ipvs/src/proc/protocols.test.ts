import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { protocolsIn, readProtocols } from './protocols.ts';

const config = (sctp: string): string => `# Linux/x86 6.1.0 Kernel Configuration
CONFIG_IP_VS=m
# CONFIG_IP_VS_DEBUG is not set
CONFIG_IP_VS_PROTO_TCP=y
CONFIG_IP_VS_PROTO_UDP=y
${sctp}
CONFIG_IP_VS_RR=m
`;
const without = config('# CONFIG_IP_VS_PROTO_SCTP is not set');
const everything = config('CONFIG_IP_VS_PROTO_SCTP=y');

test.each<[string, string, string[] | null]>([
  ['all that is built in', everything, ['tcp', 'udp', 'sctp']], ['not what is left out', without, ['tcp', 'udp']],
  ['nothing of a kernel without IPVS', '# CONFIG_IP_VS is not set\n', null], ['nothing of no configuration', '\0\0', null],
])('finds %s', (_, text, expected) => {
  const found = protocolsIn(text);
  expect(found === null ? null : [...found]).toEqual(expected);
});

test('asks one place after the other, packed or not, and says that it does not know', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'config-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const [packed, plain, damaged] = ['config.gz', 'config-6.1', 'damaged.gz'].map((name) => join(folder, name));
  if (packed === undefined || plain === undefined || damaged === undefined) throw new Error('three paths');
  await writeFile(packed, gzipSync(without));
  await writeFile(plain, everything);
  await writeFile(damaged, gzipSync(without).subarray(0, 40));
  expect((await readProtocols([packed, plain]))?.has('sctp')).toBe(false);
  expect((await readProtocols([damaged, join(folder, 'none'), plain]))?.has('sctp')).toBe(true);
  expect(await readProtocols([damaged, folder, join(folder, 'none')])).toBeNull();
});
