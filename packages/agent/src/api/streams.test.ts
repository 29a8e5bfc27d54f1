// The stream as a panel reads it, over real TLS.
import { connect } from 'node:tls';
import { decodeTick } from '@weir/protocol';
import type { StreamEvent, Tick } from '@weir/protocol';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fetch } from 'undici';
import { enrolledAgent, runAgent } from '../testing/bench.ts';
import { applied, cluster } from '../testing/cluster.ts';
import { ManualClock } from '../testing/manual-clock.ts';

function ticksOf(events: readonly StreamEvent[]): Tick[] {
  return events.filter((event) => event.kind === 'tick');
}

function lastAccepted(events: readonly StreamEvent[]): number | undefined {
  return events.findLast((event) => event.kind === 'state')?.state.accepted[0]?.revision;
}

const patient = { timeout: 15_000 };

describe('a stream', () => {
  it('begins with the state, then ticks', async () => {
    const { agent, panel, client } = await enrolledAgent();
    await applied(client, { clusterId: 'web', revision: 1, definition: cluster({ weights: [4] }) });
    const { events } = panel.stream(agent.address);
    await expect.poll(() => ticksOf(events).length, patient).toBeGreaterThan(2);
    expect(events[0]).toMatchObject({ kind: 'state', state: { accepted: [{ clusterId: 'web', revision: 1 }], drift: [] } });
    const { bootId } = await client.hello.query();
    const ticks = ticksOf(events);
    expect(ticks.map((tick) => tick.bootId)).toEqual(ticks.map(() => bootId));
    const [one, two] = ticks;
    if (one === undefined || two === undefined) throw new Error('no ticks');
    expect(two.sequence).toBeGreaterThan(one.sequence);
    expect(decodeTick(one).services[0]?.realServers[0]).toMatchObject({ weight: 4, counters: { connections: 0n } });
  });

  it('tells of a change at once, to everybody', async () => {
    const { agent, panel, client } = await enrolledAgent();
    const streams = [panel.stream(agent.address), panel.stream(agent.address)];
    await expect.poll(() => streams.every(({ events }) => events.length > 0), patient).toBe(true);
    await applied(client, { clusterId: 'web', revision: 1, definition: cluster() });
    await expect.poll(() => streams.map(({ events }) => lastAccepted(events)), patient).toEqual([1, 1]);
  });

  it('goes on after its agent was restarted, with another boot id', async () => {
    const { agent, panel } = await enrolledAgent();
    const { events } = panel.stream(agent.address);
    await expect.poll(() => ticksOf(events).length, patient).toBeGreaterThan(0);
    await agent.stop();
    await runAgent({ dataFolder: agent.dataFolder, port: agent.port });
    await expect.poll(() => new Set(ticksOf(events).map(({ bootId }) => bootId)).size, patient).toBe(2);
  });

  it('has no ticks while the forwarder gives no counters, lives on pings, and has them again', async () => {
    let hangs = true;
    const { agent, panel } = await enrolledAgent({
      deadlines: { readMs: 300, applyMs: 1_000 }, troubles: { call: (name) => (hangs && name === 'sample' ? 'hang' : null) },
    });
    const answer = await fetch(`https://${agent.address}/stream`, { headers: { accept: 'text/event-stream' }, dispatcher: panel.dispatcher });
    let text = '';
    void (async () => { for await (const part of answer.body ?? []) text += Buffer.from(part).toString(); })().catch(() => undefined);
    await expect.poll(() => text, patient).toContain('event: ping');
    expect(text).toContain('"kind":"state"');
    expect(text).not.toContain('"kind":"tick"');
    hangs = false;
    await expect.poll(() => text, patient).toContain('"kind":"tick"');
  });

  it('whose reader is slow skips ticks and gets the newest', async () => {
    const clock = new ManualClock(1_800_000_000_000);
    const { agent, panel, client } = await enrolledAgent({ clock });
    for (let i = 0; i < 40; i += 1) {
      const definition = cluster({ weights: Array.from({ length: 100 }, () => 1), realServers: Array.from({ length: 100 }, (_, j) => `10.0.${i}.${j + 1}`) });
      await applied(client, { clusterId: `c-${i}`, revision: 1, definition });
    }
    const { privateKeyPem, certificatePem } = panel;
    const socket = connect({ host: '127.0.0.1', port: agent.port, rejectUnauthorized: false, key: privateKeyPem, cert: certificatePem });
    onTestFinished(() => { socket.destroy(); });
    await new Promise((resolve) => { socket.once('secureConnect', resolve); });
    socket.write('GET /stream HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n');
    let bytes = '';
    const read = (part: Buffer): void => { bytes += part.toString('latin1'); };
    socket.on('data', read);
    await expect.poll(() => bytes, patient).toContain('"kind":"state"');
    socket.pause();
    const witness = panel.stream(agent.address);
    await expect.poll(() => witness.events.length, patient).toBeGreaterThan(0);
    // Each tick is about 300 kB: thirty are more than the buffers between agent and reader take.
    for (let i = 1; i <= 30; i += 1) {
      clock.advance(1_000);
      await expect.poll(() => ticksOf(witness.events).length, patient).toBe(i);
    }
    socket.resume();
    await expect.poll(() => bytes, patient).toContain('"sequence":30,');
    const seen = [...bytes.matchAll(/"sequence":(\d+),/g)].map(([, sequence]) => Number(sequence));
    expect(seen.length).toBeLessThan(30);
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
  });

  it('beyond the sixteenth ends the oldest', async () => {
    const { agent, panel } = await enrolledAgent();
    const open = await Promise.all(Array.from({ length: 16 }, () => (
      fetch(`https://${agent.address}/stream`, { headers: { accept: 'text/event-stream' }, dispatcher: panel.dispatcher }))));
    const ended = Promise.race(open.map((answer) => answer.text()));
    await fetch(`https://${agent.address}/stream`, { headers: { accept: 'text/event-stream' }, dispatcher: panel.dispatcher });
    expect(await ended).toContain('event: return');
  });
});
