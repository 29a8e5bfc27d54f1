// `npm run lab -- --without-panel` as a whole: the agent in the virtual machine drives the kernel's IPVS and is reached from here; commands run on the hosts until the input ends.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { connect } from 'node:tls';
import { expect, it, onTestFinished } from 'vitest';

// The first start of a checkout installs and builds.
const readyDeadlineMs = 300_000;

/** Below those that connections get by themselves, so that none of them takes it meanwhile. */
async function freePort(): Promise<number> {
  for (let port = 20_000 + process.pid % 10_000; ; port += 1) {
    const server = createServer().listen(port, '127.0.0.1');
    const isFree = await once(server, 'listening').then(() => true, () => false);
    server.close();
    if (isFree) return port;
  }
}

const rules = [
  '-A -t 192.168.8.200:80 -s rr', '-a -t 192.168.8.200:80 -r 192.168.8.20:80 -g', '-a -t 192.168.8.200:80 -r 192.168.8.30:80 -i',
  '-A -t 192.168.8.200:8080 -s rr', '-a -t 192.168.8.200:8080 -r 192.168.8.20:80 -m',
];
const commands = [
  'director pgrep -af "weir-agent.mjs run"', ...rules.map((rule) => `director ipvsadm ${rule}`),
  'client curl -s -m 60 192.168.8.200', 'client curl -s -m 60 192.168.8.200', 'outside curl -s -m 60 192.168.8.200:8080', 'director false', 'nobody true', 'client', '',
];

it('the lab runs an agent on its director, gives its code, forwards by each method to real servers that are ready for all of them, and ends with its input', async () => {
  const port = await freePort();
  const lab = spawn(process.execPath, [path.join(import.meta.dirname, 'lab.mjs'), '--without-panel', '--agent-port', String(port)], { stdio: ['pipe', 'pipe', 'pipe'] });
  onTestFinished(() => void lab.kill());
  let [said, complaints] = ['', ''];
  lab.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  lab.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  await expect.poll(() => (lab.exitCode === null ? said : `ended: ${said}${complaints}`), { timeout: readyDeadlineMs, interval: 100 }).toMatch(/For another one: |ended: /);
  expect(said).toMatch(/The agent runs on the director\.[^]*\n\n {2}weir1-\S+\n/);
  expect(said).toContain(`Port 9348 of the director is 127.0.0.1:${port} here.`);
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  expect(socket.getPeerCertificate().subject.CN).toBe('weir-agent');
  socket.destroy();
  complaints = '';
  lab.stdin.end(commands.join('\n'));
  const [code] = (await once(lab, 'close')) as [number | null];
  expect(complaints).toBe('(exit code 1)\nThe network has no host nobody; it has client, director, rs1, rs2, outside.\nWhat is client to do? Type a host and a command.\n');
  expect(said).toMatch(/weir-agent\.mjs run --data \/var\/lib\/weir-agent --listen 0\.0\.0\.0:9348 --driver ipvs\n/);
  expect([...said.matchAll(/^real server (\w+)[^]*?^reached (\S+)/gm)].map(([, name, at]) => `${name} ${at}`)).toEqual([
    'rs2 [::ffff:192.168.8.200]:80',
    'rs1 [::ffff:192.168.8.200]:80',
    'rs1 [::ffff:192.168.8.20]:80',
  ]);
  expect(code).toBe(0);
}, readyDeadlineMs + 300_000);
