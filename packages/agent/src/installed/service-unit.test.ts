// The units of the agent's archive in the eyes of this machine's systemd, where it has one.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../testing/bench.ts';

const analyze = '/usr/bin/systemd-analyze';
const ownUnits = 'usr/lib/systemd/system';
const ownNames = ['weir-agent.service', 'weir-check.socket', 'weir-check@.service'];
const archive = fileURLToPath(new URL('../../archive/', import.meta.url));

/** What is wrong with it, installed as install.sh does. */
async function complaints(unit: string, name = 'weir-agent.service'): Promise<string> {
  const root = await temporaryFolder();
  const [programs, library, units] = [join(root, 'usr/local/bin'), join(root, 'usr/local/lib/weir-agent'), join(root, 'etc/systemd/system')];
  await Promise.all([programs, library, units].map((folder) => mkdir(folder, { recursive: true })));
  await Promise.all([
    cp(join('/', ownUnits), join(root, ownUnits), { recursive: true, verbatimSymlinks: true }),
    cp(join(archive, 'weir-agent'), join(programs, 'weir-agent')),
    cp(join(archive, 'weir-check'), join(library, 'weir-check')),
    ...ownNames.map((own) => cp(join(archive, own), join(units, own))),
  ]);
  await writeFile(join(units, name), unit);
  const { stderr } = await promisify(execFile)(analyze, ['verify', `--root=${root}`, '--man=no', '--recursive-errors=no', name.replace('@', '@1')], { timeout: 60_000 })
    .catch(({ stderr: said, message }: Error & { stderr: string }) => ({ stderr: said === '' ? message : said }));
  return stderr;
}

it.skipIf(!existsSync(analyze))('systemd has nothing against the unit, and would say what', async () => {
  const unit = await readFile(join(archive, 'weir-agent.service'), 'utf8');
  expect(await complaints(unit)).toBe('');
  expect(await complaints(unit.replace('ProtectSystem=strict', 'ProtectSystem=strictly'))).toMatch(/weir-agent\.service:\d+: .*strictly/);
  expect(await complaints(unit.replace('/usr/local/bin/weir-agent', '/usr/local/bin/weir'))).toMatch(/\/usr\/local\/bin\/weir is not executable/);
  for (const name of ownNames.slice(1)) expect(await complaints(await readFile(join(archive, name), 'utf8'), name)).toBe('');
}, 120_000);
