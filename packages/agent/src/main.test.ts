// weir-agent as a person runs it, and as a machine kills it.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClusterDefinition } from '@weir/model';
import type { ApplyInput, ApplyStatus } from '@weir/protocol';
import { parseEnrolmentCode } from '@weir/protocol';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { bundleAgent, freePort, runProcess } from './testing/agent-process.ts';
import type { AgentProcess } from './testing/agent-process.ts';
import { makePanel, temporaryFolder } from './testing/bench.ts';
import { cluster, ownAddress, reviewed } from './testing/cluster.ts';
import type { TestPanel } from './testing/test-panel.ts';

type Client = ReturnType<TestPanel['client']>;

let bundles = '';
let bundle = '';

beforeAll(async () => {
  bundles = await mkdtemp(join(tmpdir(), 'weir-agent-bundle-'));
  bundle = join(bundles, 'weir-agent.mjs');
  await bundleAgent(bundle);
});

afterAll(() => rm(bundles, { recursive: true, force: true }));

interface Host {
  readonly dataFolder: string;
  readonly address: string;
  start(): Promise<AgentProcess>;
}

async function makeHost(): Promise<Host> {
  const dataFolder = join(await temporaryFolder(), 'data');
  const address = `127.0.0.1:${await freePort()}`;
  const start = async (): Promise<AgentProcess> => {
    const agent = runProcess(bundle, ['run', '--driver', 'proxy', '--data', dataFolder, '--listen', address]);
    await expect.poll(() => agent.out() + agent.err(), { timeout: 15_000 }).toContain('the agent runs');
    return agent;
  };
  return { dataFolder, address, start };
}

async function enrolled({ dataFolder, address }: Host): Promise<TestPanel> {
  const { out } = await runProcess(bundle, ['enrol', '--data', dataFolder, '--address', address]).ended;
  const panel = await makePanel();
  await panel.enrol(out.trim());
  return panel;
}

function run(...args: string[]): Promise<unknown> {
  return runProcess(bundle, ['run', '--driver', 'proxy', ...args]).ended;
}

function says(text: RegExp): object {
  return { code: 1, out: '', err: expect.stringMatching(text) };
}

describe('weir-agent', () => {
  it('says how to get a code, prints one, and ends in order at SIGTERM though a stream is open', async () => {
    const host = await makeHost();
    const agent = await host.start();
    expect(agent.out()).toContain(`weir-agent enrol --data ${host.dataFolder}`);
    const panel = await enrolled(host);
    const stream = panel.stream(host.address);
    await expect.poll(() => stream.events.length, { timeout: 10_000 }).toBeGreaterThan(0);
    agent.kill('SIGTERM');
    // Past its deadline it would say that it ends before all was closed.
    expect(await agent.ended).toMatchObject({ code: 0, err: '', out: expect.stringContaining('the agent has stopped') as string });
    const files = await readdir(host.dataFolder);
    const modes = await Promise.all(files.map(async (name) => (await stat(join(host.dataFolder, name))).mode & 0o777));
    expect(Object.fromEntries(files.map((name, i) => [name, modes[i]]))).toEqual({
      'applies': 0o700, 'driver.json': 0o600, 'enrolment.json': 0o600, 'enrolment-tries.json': 0o600, 'history': 0o700, 'key.pem': 0o600, 'panel.json': 0o600,
    });
  });

  it('enrol works before the daemon has ever run, but says so, and names a bound panel instead of giving a code', async () => {
    const host = await makeHost();
    const { out, err } = await runProcess(bundle, ['enrol', '--data', host.dataFolder, '--address', host.address]).ended;
    expect(parseEnrolmentCode(out)?.address).toBe(host.address);
    expect(err).toMatch(/^No agent is running on \S+: the panel can use the code once one is\. Start it: weir-agent run --data \S+ --listen .*:\d+\n$/);
    await host.start();
    await (await makePanel()).enrol(out.trim());
    const again = await runProcess(bundle, ['enrol', '--data', host.dataFolder, '--address', host.address]).ended;
    expect(again).toMatchObject({ code: 1, out: '', err: expect.stringMatching(/^This agent obeys the panel .*--reset\n$/) });
    const reset = await runProcess(bundle, ['enrol', '--data', host.dataFolder, '--address', host.address, '--reset']).ended;
    expect(parseEnrolmentCode(reset.out)).not.toBeNull();
    expect(reset.err).toBe('');
  });

  it('tells metrics where its environment says so, to whoever shows the token that it made', async () => {
    const metrics = `127.0.0.1:${await freePort()}`;
    vi.stubEnv('WEIR_METRICS', metrics);
    onTestFinished(() => { vi.unstubAllEnvs(); });
    const host = await makeHost();
    await host.start();
    const token = (await readFile(join(host.dataFolder, 'metrics-token'), 'utf8')).trim();
    const get = (authorization: string): Promise<Response> => fetch(`http://${metrics}/metrics`, { headers: { authorization } });
    expect([(await get('')).status, (await get(`Bearer ${token}`)).status]).toEqual([401, 200]);
    vi.stubEnv('WEIR_METRICS', 'nowhere');
    expect(await run('--data', await temporaryFolder())).toMatchObject(says(/^error: option '--metrics .*WEIR_METRICS.*HOST:PORT/));
  });

  it('says in one sentence why it cannot run', async () => {
    const host = await makeHost();
    await host.start();
    const other = await temporaryFolder();
    const file = join(other, 'file');
    await writeFile(file, '');
    expect(await run('--data', host.dataFolder, '--listen', '127.0.0.1:9')).toMatchObject(says(/^Cannot use the data folder .*another agent \(process \d+\) is running on it\n$/));
    expect(await run('--data', join(other, 'new'), '--listen', host.address)).toMatchObject(says(/^Cannot listen on .*: another program has the port.*\n$/));
    expect(await run('--data', '/proc/weir')).toMatchObject(says(/^Cannot use the data folder \/proc\/weir: .*\n$/));
    expect(await run('--data', file)).toMatchObject(says(/^Cannot use the data folder .*: it is a file.*\n$/));
    expect(await run('--data', other, '--listen', '127.0.0.1')).toMatchObject(says(/^error: option '--listen .*\n/));
    expect(await run('--data', other, '--driver', 'magic')).toMatchObject(says(/^error: option '--driver .*\n/));
    expect(await run()).toMatchObject(says(/^error: required option '--data .*\n/));
  });
});

const largest = 120;

/** Every real server's weight is the revision's number, so that rules of two revisions cannot be mistaken for one. */
function revisionOf(vip: string, revision: number): ClusterDefinition {
  const count = largest - (revision % 3) * 30;
  return cluster({
    vip, weights: Array.from({ length: count }, () => revision), realServers: Array.from({ length: count }, (_, i) => `10.9.0.${i + 1}`),
  });
}

interface Found {
  readonly accepted: number;
  readonly drift: number;
  readonly weights: readonly number[];
  readonly status: ApplyStatus;
}

async function lookAround(client: Client, applyId: string): Promise<Found> {
  const { accepted, drift } = await client.state.query();
  const { actual } = await client.actual.query();
  return {
    accepted: accepted[0]?.revision ?? 0,
    drift: drift.length,
    weights: actual.services.flatMap(({ realServers }) => realServers.map(({ settings }) => settings.weight)),
    status: await client.applyStatus.query({ applyId }),
  };
}

/** What a kill may leave: the old revision or the new one, whole; the new one if it was acknowledged, and the old one only if it was never begun. */
function allowed({ revision, replaces }: ApplyInput, acknowledged: boolean, { accepted, status }: Found): boolean {
  if (status.kind === 'report' && (status.report.outcome.kind === 'neverBegun') === (accepted === revision)) return false;
  if (status.kind === 'report') return status.report.accepted === (accepted === 0 ? null : accepted) && (!acknowledged || accepted === revision);
  return status.kind === 'unknown' && !acknowledged && accepted === (replaces ?? 0);
}

function metBy({ replaces }: ApplyInput, { accepted, status }: Found): string {
  const how = status.kind === 'report' ? status.report.outcome.kind : status.kind;
  return `${how}, ${accepted === (replaces ?? 0) ? 'old' : 'new'}`;
}

/** Orders the change, and kills the agent after `delayMs`. Says whether it had answered before. */
async function killedAfter(delayMs: number, agent: AgentProcess, client: Client, input: ApplyInput): Promise<boolean> {
  const answer = client.applyChange.mutate(input).then(({ kind }) => kind === 'report', () => false);
  await new Promise((resolve) => { setTimeout(resolve, delayMs); });
  agent.kill('SIGKILL');
  await agent.ended;
  return answer;
}

describe('killed in the middle of changes, weir-agent', () => {
  it('has the old rules or the new ones at its restart, whole, and never forgets what it acknowledged', { timeout: 90_000 }, async () => {
    const host = await makeHost();
    const vip = ownAddress();
    let agent = await host.start();
    const client = (await enrolled(host)).client(host.address);
    const met = new Map<string, number>();
    const endAtMs = Date.now() + 20_000;
    let usualMs = 60;
    for (let revision = 1; Date.now() < endAtMs; revision += 1) {
      const input = await reviewed(client, { clusterId: 'web', revision, definition: revisionOf(vip, revision) });
      const acknowledged = await killedAfter(usualMs * (0.5 + Math.random()), agent, client, input);
      agent = await host.start();
      const found = await lookAround(client, input.applyId);
      const size = found.accepted === 0 ? 0 : largest - (found.accepted % 3) * 30;
      expect({ ...found, allowed: allowed(input, acknowledged, found) }).toEqual({
        accepted: found.accepted, status: found.status, drift: 0, weights: Array.from({ length: size }, () => found.accepted), allowed: true,
      });
      const how = metBy(input, found);
      met.set(how, (met.get(how) ?? 0) + 1);
      // Later after a kill that came before the change began, sooner after one that came when it was done: most fall in between.
      if (how.startsWith('unknown') || how.startsWith('neverBegun')) usualMs *= 1.2;
      if (how.startsWith('applied')) usualMs *= 0.8;
    }
    expect([...met.values()].reduce((a, b) => a + b, 0)).toBeGreaterThan(5);
    expect([...met.keys()]).toContainEqual(expect.stringMatching(/^finishedAtRestart/));
  });
});
