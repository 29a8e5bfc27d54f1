// The lab's words where no machine is needed. As a whole it is tried by scripts/lab.kernel.test.ts.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

function lab(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('./main.ts', import.meta.url)), ...args], { encoding: 'utf8' });
}

it('explains itself, and refuses what is no port', () => {
  expect(lab('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: npm run lab') as unknown });
  expect(lab('--agent-port', '0')).toMatchObject({ status: 1, stderr: '--agent-port 0: give a port from 1 to 65535.\n' });
});
