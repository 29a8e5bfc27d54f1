// Enrolment and pinning, between real TLS sockets.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnrolmentCode, PROTOCOL_VERSION } from '@weir/protocol';
import { pino } from 'pino';
import { fetch } from 'undici';
import { describe, expect, it } from 'vitest';
import { enrolledAgent, makePanel, runAgent, temporaryFolder } from '../testing/bench.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { DIRECTOR, TestPanel, faultOf } from '../testing/test-panel.ts';

const MINUTE_MS = 60_000;

/** The same code with another secret. */
function secretOf(code: string): string {
  return parseEnrolmentCode(code)?.secret ?? '';
}

function enrolWith(panel: TestPanel, address: string, secret: string, version = PROTOCOL_VERSION): Promise<unknown> {
  return panel.client(address).enrol.mutate({ version, secret, directorId: DIRECTOR, panelName: 'test' });
}

const wrongSecret = '0'.repeat(32);

describe('before a panel is bound', () => {
  it('only enrol is open', async () => {
    const { address } = await runAgent();
    const client = (await makePanel()).client(address);
    const faults = await Promise.all([
      faultOf(client.hello.query()), faultOf(client.state.query()), faultOf(client.actual.query()), faultOf(client.connections.query({ limit: 1 })),
    ]);
    expect(faults.map((fault) => fault.code)).toEqual(['notEnrolled', 'notEnrolled', 'notEnrolled', 'notEnrolled']);
  });

  it('binds the agent to the key that presents the secret, and says who it is', async () => {
    const { address, code } = await runAgent();
    const panel = await makePanel();
    const hello = await panel.enrol(await code());
    expect(hello).toMatchObject({ version: PROTOCOL_VERSION, directorId: DIRECTOR, capabilities: { driver: 'proxy' } });
    expect(await panel.client(address).hello.query()).toEqual(hello);
  });

  it('refuses everything while no code is open', async () => {
    const { address } = await runAgent();
    expect((await faultOf(enrolWith(await makePanel(), address, wrongSecret))).code).toBe('enrolmentClosed');
  });

  it('takes no secret without a client certificate', async () => {
    const { address, code } = await runAgent();
    const anonymous = TestPanel.anonymous();
    expect((await faultOf(enrolWith(anonymous, address, secretOf(await code())))).code).toBe('wrongKey');
    await anonymous.close();
  });

  it('closes the code at the fifth wrong secret, whatever comes then', async () => {
    const { address, code } = await runAgent();
    const secret = secretOf(await code());
    const panel = await makePanel();
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      expect(await faultOf(enrolWith(panel, address, wrongSecret))).toEqual({ code: 'wrongSecret', params: { triesLeft } });
    }
    expect((await faultOf(enrolWith(panel, address, secret))).code).toBe('enrolmentClosed');
  });

  it('counts ten wrong secrets that come at once as five', async () => {
    const { address, code } = await runAgent();
    await code();
    const panel = await makePanel();
    const faults = await Promise.all(Array.from({ length: 10 }, () => faultOf(enrolWith(panel, address, wrongSecret))));
    expect(faults.filter((fault) => fault.code === 'wrongSecret')).toHaveLength(5);
  });

  it('keeps the tries that are left over a restart', async () => {
    const dataFolder = await temporaryFolder();
    const first = await runAgent({ dataFolder });
    const secret = secretOf(await first.code());
    const panel = await makePanel();
    for (let i = 0; i < 5; i += 1) await faultOf(enrolWith(panel, first.address, wrongSecret));
    await first.stop();
    const { address, code } = await runAgent({ dataFolder });
    expect((await faultOf(enrolWith(panel, address, secret))).code).toBe('enrolmentClosed');
    await expect(panel.enrol(await code())).resolves.toMatchObject({ directorId: DIRECTOR });
  });

  it('closes the code after 15 minutes', async () => {
    const clock = new ManualClock(1_800_000_000_000);
    const { address, code } = await runAgent({ clock });
    const secret = secretOf(await code());
    const panel = await makePanel();
    clock.advance(15 * MINUTE_MS - 1);
    expect((await faultOf(enrolWith(panel, address, wrongSecret))).code).toBe('wrongSecret');
    clock.advance(1);
    expect((await faultOf(enrolWith(panel, address, secret))).code).toBe('enrolmentClosed');
  });

  it.each([PROTOCOL_VERSION - 1, PROTOCOL_VERSION + 1])('tells a panel of version %i so without using up a try', async (version) => {
    const { address, code } = await runAgent();
    const secret = secretOf(await code());
    const panel = await makePanel();
    for (let i = 0; i < 6; i += 1) {
      expect(await faultOf(enrolWith(panel, address, secret, version))).toEqual({ code: 'versionMismatch', params: { agent: PROTOCOL_VERSION, panel: version } });
    }
    await enrolWith(panel, address, secret);
  });

  it('tells a later version so, whatever else it says', async () => {
    const { address } = await runAgent();
    const { dispatcher } = await makePanel();
    const later = { version: PROTOCOL_VERSION + 1, secret: 7, words: [] };
    const answer = await fetch(`https://${address}/enrol`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(later), dispatcher });
    expect([answer.status, await answer.json()]).toMatchObject([412, { error: { data: { fault: { code: 'versionMismatch', params: { agent: PROTOCOL_VERSION, panel: PROTOCOL_VERSION + 1 } } } } }]);
  });

  it.each([{ version: '2' }, { version: 0 }, { secret: wrongSecret }, 7, null])('refuses %j as no enrolment', async (body) => {
    const { address } = await runAgent();
    const { dispatcher } = await makePanel();
    const answer = await fetch(`https://${address}/enrol`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), dispatcher });
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: { data: { fault: { code: 'badRequest' } } } }]);
  });

  it('does not let a stranger fill the log', async () => {
    const lines: string[] = [];
    const { address } = await runAgent({ log: pino({}, { write: (line: string) => lines.push(line) }) });
    const panel = await makePanel();
    for (let tries = 0; tries < 20; tries += 1) await faultOf(enrolWith(panel, address, wrongSecret));
    expect(lines.filter((line) => line.includes('enrolmentClosed'))).toHaveLength(1);
  });

  it('never writes the secret to the disk', async () => {
    const dataFolder = await temporaryFolder();
    const { code } = await runAgent({ dataFolder });
    const secret = secretOf(await code());
    expect(await readFile(join(dataFolder, 'enrolment.json'), 'utf8')).not.toContain(secret);
  });
});

describe('once a panel is bound', () => {
  it('turns every other key away with a fault that it can read', async () => {
    const { agent } = await enrolledAgent();
    const other = (await makePanel()).client(agent.address);
    const wrongKey = { code: 'wrongKey', params: {} };
    expect(await Promise.all([
      faultOf(other.hello.query()), faultOf(other.state.query()), faultOf(other.endOverride.mutate({ overrideId: 'x' })),
    ])).toEqual([wrongKey, wrongKey, wrongKey]);
    const anonymous = TestPanel.anonymous();
    expect((await faultOf(anonymous.client(agent.address).hello.query())).code).toBe('wrongKey');
    await anonymous.close();
  });

  it('answers the same panel with the same code again, under the id that it names now', async () => {
    const clock = new ManualClock(1_800_000_000_000);
    const agent = await runAgent({ clock });
    const panel = await makePanel();
    const code = await agent.code();
    await panel.enrol(code);
    clock.advance(15 * MINUTE_MS);
    expect(await panel.enrol(code, 'director-2')).toMatchObject({ directorId: 'director-2' });
    expect((await panel.client(agent.address).hello.query()).directorId).toBe('director-2');
    const other = await makePanel();
    expect((await faultOf(other.enrol(code))).code).toBe('alreadyEnrolled');
  });

  it('cannot be enrolled again, by nobody', async () => {
    const { agent, panel } = await enrolledAgent();
    await expect(agent.code()).rejects.toThrow(/obeys the panel "a panel in a test".*--reset/);
    for (const who of [panel, await makePanel()]) {
      expect((await faultOf(enrolWith(who, agent.address, wrongSecret))).code).toBe('alreadyEnrolled');
    }
  });

  it('knows its panel after a restart', async () => {
    const dataFolder = await temporaryFolder();
    const { agent, panel } = await enrolledAgent({ dataFolder });
    await agent.stop();
    const again = await runAgent({ dataFolder });
    expect(again.keyHash).toBe(agent.keyHash);
    expect((await panel.client(again.address).hello.query()).directorId).toBe(DIRECTOR);
  });

  it('forgets it at a reset, ends its stream and obeys the next one', async () => {
    const { agent, panel } = await enrolledAgent();
    const stream = panel.stream(agent.address);
    await expect.poll(() => stream.events.length).toBeGreaterThan(0);
    const code = await agent.code({ reset: true });
    expect((await faultOf(panel.client(agent.address).hello.query())).code).toBe('notEnrolled');
    const next = await makePanel();
    await next.enrol(code);
    expect((await faultOf(panel.client(agent.address).hello.query())).code).toBe('wrongKey');
    await expect.poll(() => stream.errors.length, { timeout: 15_000 }).toBeGreaterThan(0);
    const seen = stream.events.length;
    const nextStream = next.stream(agent.address);
    await expect.poll(() => nextStream.events.filter(({ kind }) => kind === 'tick').length, { timeout: 15_000 }).toBeGreaterThan(1);
    expect(stream.events.length).toBe(seen);
  });

  it('ends the stream of a panel that was bound for a moment only', async () => {
    const clock = new ManualClock(1_800_000_000_000);
    const { agent, panel } = await enrolledAgent({ clock });
    const stream = panel.stream(agent.address);
    await expect.poll(() => stream.events.length).toBeGreaterThan(0);
    await agent.code({ reset: true });
    clock.advance(1_000);
    await expect.poll(() => stream.errors.length, { timeout: 15_000 }).toBeGreaterThan(0);
  });

  it('lets nobody in while the file that names the panel is damaged', async () => {
    const dataFolder = await temporaryFolder();
    const { client } = await enrolledAgent({ dataFolder });
    await writeFile(join(dataFolder, 'panel.json'), '{"format":1');
    expect((await faultOf(client.hello.query())).code).toBe('unexpected');
    expect(await readFile(join(dataFolder, 'panel.json'), 'utf8')).toBe('{"format":1');
  });
});

describe('a panel that pins the key of the agent', () => {
  it('sends nothing to a server with another key', async () => {
    const { agent } = await enrolledAgent();
    const panel = await TestPanel.make(() => 'f'.repeat(64));
    await expect(panel.client(agent.address).hello.query()).rejects.toThrow('fetch failed');
    await panel.close();
  });

  it('reaches the agent whose key it knows', async () => {
    const agent = await runAgent();
    const panel = await TestPanel.make(() => agent.keyHash);
    await expect(panel.enrol(await agent.code())).resolves.toMatchObject({ directorId: DIRECTOR });
    await panel.close();
  });
});
