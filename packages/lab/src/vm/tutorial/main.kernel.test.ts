// `npm run lab` as a whole: commands on the hosts of its network, until its input ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';

async function lab(args: readonly string[], input: string): Promise<{ code: unknown; said: string; complaints: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', new URL('./main.ts', import.meta.url).pathname, ...args], { stdio: 'pipe' });
  child.stdin.end(input);
  const [said, complaints, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: code as unknown, said, complaints };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

it('forwards by each method to real servers that are ready for all of them', async () => {
  const rules = ['-A -t 192.168.8.200:80 -s rr', '-a -t 192.168.8.200:80 -r 192.168.8.20:80 -g', '-a -t 192.168.8.200:80 -r 192.168.8.30:80 -i', '-A -t 192.168.8.200:8080 -s rr', '-a -t 192.168.8.200:8080 -r 192.168.8.20:80 -m'];
  const asks = ['client curl -s -m 9 192.168.8.200', 'client curl -s -m 9 192.168.8.200', 'outside curl -s -m 9 192.168.8.200:8080', 'director false', 'nobody true', 'client', ''];
  const port = await freePort();
  const { code, said, complaints } = await lab(['--agent-port', String(port)], [...rules.map((rule) => `director ipvsadm ${rule}`), ...asks].join('\n'));
  expect(complaints).toBe('(exit code 1)\nThe network has no host nobody; it has client, director, rs1, rs2, outside.\nWhat is client to do? Type a host and a command.\n');
  expect(said).toContain(`Port 9348 of the director is 127.0.0.1:${port} here.`);
  expect([...said.matchAll(/^real server (\w+)[^]*?^reached (\S+)/gm)].map(([, name, at]) => `${name} ${at}`)).toEqual([
    'rs2 [::ffff:192.168.8.200]:80',
    'rs1 [::ffff:192.168.8.200]:80',
    'rs1 [::ffff:192.168.8.20]:80',
  ]);
  expect(code).toBe(0);
}, 150_000);

it('explains itself, and refuses what is no port', async () => {
  expect(await lab(['--help'], '')).toMatchObject({ code: 0, said: expect.stringContaining('Usage: npm run lab') as unknown });
  expect(await lab(['--agent-port', '0'], '')).toMatchObject({ code: 1, complaints: '--agent-port 0: give a port from 1 to 65535.\n' });
});
