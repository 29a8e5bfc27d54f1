// What forwards does not need its agent: kill -9 under load, and in the middle of a change.
import { useKernelVm } from '@weir/lab/vm/testing';
import type { ClusterDefinition } from '@weir/model';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startBench, type Bench } from './testing/bench.ts';
import { cluster, director as directorId, realServers, service, vips } from './testing/cluster.ts';
import { ruleLines, wantedLines } from './testing/ipvsadm.ts';

const vm = useKernelVm();
const dr = { kind: 'dr' } as const;
const web = service('web', { match: { kind: 'address', protocol: 'tcp', vip: vips.ipv4, port: 7 }, realServers: realServers(dr, 7) });

let bench: Bench;
beforeAll(async () => {
  bench = await startBench(vm());
  await bench.director.apply(cluster([web]));
});
afterAll(() => bench.close());

/** Each costs some seconds in the emulated machine: WEIR_KILLS=20 is the long run. */
const times = Number(process.env['WEIR_KILLS'] ?? 3);
const enough = 500 * times;
const longMs = 300_000 + 100_000 * times;
const soon = { timeout: 60_000, interval: 100 };

it('kill -9 of the agent, again and again under load: no request fails', async () => {
  const { load, director } = bench;
  await load.begin({ address: vips.ipv4, port: 7, concurrency: 4, requestsPerConnection: 16, pauseMs: 20, deadlineMs: 60_000 });
  const bootIds = new Set<string>();
  for (let killed = 0; killed < times; killed += 1) {
    await director.kill();
    await director.restart();
    bootIds.add((await director.hello()).bootId);
  }
  await expect.poll(async () => (await load.soFar()).requests, { timeout: 120_000 }).toBeGreaterThan(enough);
  const { requests, connections, failures } = await load.end();
  expect(failures).toEqual({});
  expect(bootIds.size).toBe(times);
  expect(requests).toBeGreaterThan(enough);
  expect(connections).toBeGreaterThan(enough / 17);
  await expect.poll(() => director.client.state.query(), soon).toMatchObject({ driftCount: 0 });
}, longMs);

/** Two versions that differ in every service beside the one under load: some hundred operations, and the VIP of the second, which takes the link's time. */
function many(version: 0 | 1): ClusterDefinition {
  const each = Array.from({ length: 80 }, (_, at) => service(`s${at}`, {
    match: { kind: 'address', protocol: 'udp', vip: vips.ipv4, port: 20_000 + at + 100 * version },
    realServers: realServers({ kind: 'nat' }, 53, 'ipv4', { weight: version + 1 }),
  }));
  const addresses = [vips.ipv4, vips.ipv6, ...(version === 1 ? ['192.168.8.201'] : [])];
  const extra = service('extra', { match: { kind: 'address', protocol: 'tcp', vip: '192.168.8.201', port: 7 }, realServers: realServers(dr, 7) });
  return cluster([web, ...each, ...(version === 1 ? [extra] : [])], { vips: addresses.map((address) => ({ address, holder: directorId })) });
}

type Table = 'old' | 'between' | 'new';

/** What became of one kill: the table that was left; the one after the restart, and what the agent says it holds and of the change. */
interface Round {
  readonly left: Table;
  readonly table: Table;
  readonly accepted: Table;
  readonly said: string;
}

/** When: after a time from the order on, or from when the agent has written down that it begins; or once it has reported. */
type Kill = { readonly afterMs: number; readonly applying: boolean } | 'reported';

async function killedDuring(before: ClusterDefinition, after: ClusterDefinition, kill: Kill): Promise<Round> {
  const { director } = bench;
  const [old, fresh] = [wantedLines(before).join(), wantedLines(after).join()];
  const tableNow = async (): Promise<Table> => {
    const lines = (await ruleLines(director.place)).join();
    return lines === old ? 'old' : lines === fresh ? 'new' : 'between';
  };
  const order = await director.order(after, { onFailure: 'goOn' });
  const killed = kill === 'reported' ? null : director.killAfter(kill.afterMs, kill);
  await director.client.applyChange.mutate(order).catch(() => null);
  await (killed ?? director.kill());
  const left = await tableNow();
  await director.restart();
  const status = await vi.waitFor(async () => {
    const now = await director.client.applyStatus.query({ applyId: order.applyId });
    if (now.kind === 'running') throw new Error('the change still runs');
    return now;
  }, soon);
  const said = status.kind === 'report' ? status.report.outcome : status;
  const [held] = (await vi.waitFor(() => director.client.state.query(), soon)).accepted;
  return {
    left, table: await tableNow(), accepted: held?.revision === order.revision ? 'new' : 'old',
    said: 'remaining' in said && said.remaining.length > 0 ? `${said.kind} in part` : said.kind,
  };
}

it('killed at any point of a change of some hundred operations, the table is old, new, or finished at restart, and the report says which', async () => {
  let [held, next] = [many(0), many(1)];
  const first = await bench.director.order(held);
  const begunMs = performance.now();
  await bench.director.client.applyChange.mutate(first);
  const applyMs = performance.now() - begunMs;
  const rounds: Round[] = [];
  const kills: readonly Kill[] = [{ afterMs: 0, applying: true }, { afterMs: 0.2 * applyMs, applying: false }, { afterMs: 0.2 * applyMs, applying: true }, 'reported'];
  for (const kill of kills) {
    const round = await killedDuring(held, next, kill);
    rounds.push(round);
    if (round.table === 'new') [held, next] = [next, held];
  }
  const atRestart = (['old', 'between', 'new'] as const).map((left): Round => ({ left, table: 'new', accepted: 'new', said: 'finishedAtRestart' }));
  const nothingDone = ['unknown', 'neverBegun'].map((said): Round => ({ left: 'old', table: 'old', accepted: 'old', said }));
  for (const round of rounds) expect([...nothingDone, ...atRestart, { left: 'new', table: 'new', accepted: 'new', said: 'applied' }]).toContainEqual(round);
  expect(rounds.map(({ said }) => said)).toContain('finishedAtRestart');
  expect(rounds.at(-1)?.said).toBe('applied');
}, longMs);
