// `npm run lab -- --without-panel` as a whole: the agent in the virtual machine drives the kernel's IPVS and is reached from here.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import path from 'node:path';
import { connect } from 'node:tls';
import { expect, it } from 'vitest';

// The first start of a checkout installs and builds.
const readyDeadlineMs = 300_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

it('the lab runs an agent on its director, gives its code, and ends with its input', async () => {
  const port = await freePort();
  const lab = spawn(process.execPath, [path.join(import.meta.dirname, 'lab.mjs'), '--without-panel', '--agent-port', String(port)], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [lab.stdout, lab.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await expect.poll(() => (lab.exitCode === null ? said : `ended: ${said}`), { timeout: readyDeadlineMs, interval: 100 }).toMatch(/For another one: |ended: /);
  expect(said).toMatch(/The agent runs on the director\.[^]*\n\n {2}weir1-\S+\n/);
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  expect(socket.getPeerCertificate().subject.CN).toBe('weir-agent');
  socket.destroy();
  lab.stdin.end('director pgrep -af "weir-agent.mjs run"\n');
  const [code] = (await once(lab, 'close')) as [number | null];
  expect(said).toMatch(/weir-agent\.mjs run --data \/var\/lib\/weir-agent --listen 0\.0\.0\.0:9348 --driver ipvs\n/);
  expect(code).toBe(0);
}, readyDeadlineMs + 60_000);
