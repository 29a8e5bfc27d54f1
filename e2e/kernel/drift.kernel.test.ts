// What others do with ipvsadm to a kernel that Weir drives: adopted, it is what is wanted; restored, it is undone; and a service of theirs is taken over as it is.
import { useKernelVm } from '@weir/lab/vm/testing';
import { tutorial } from '@weir/lab/vm';
import { adopt, adoptForeign } from '@weir/model';
import type { ActualTable } from '@weir/model';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startBench, type Bench } from './testing/bench.ts';
import { cluster, director as directorId, service, vips } from './testing/cluster.ts';
import { ruleLines, sortedLines, wantedLines } from './testing/ipvsadm.ts';

const vm = useKernelVm();
const address = vips.ipv4;
const definition = cluster([service('web')]);
const [first, second] = tutorial.realServers;

let bench: Bench;
beforeAll(async () => { bench = await startBench(vm()); });
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.director.apply(definition);
});

let made = 0;
const at = { directorId, overrides: [], nowMs: 0, newId: () => `made-${made += 1}` };
const actual = async (): Promise<ActualTable> => (await bench.director.client.actual.query()).actual;
const drifts = (driftCount: number) => expect.poll(async () => (await bench.director.client.state.query()).driftCount, { timeout: 60_000 }).toBe(driftCount);

/** One real server gets nine times its share, the other is gone. */
async function byHand(): Promise<string[]> {
  const { place } = bench.director;
  await place.run(`ipvsadm -e -t ${address}:80 -r ${first}:80 -g -w 9`);
  await place.run(`ipvsadm -d -t ${address}:80 -r ${second}:80`);
  await drifts(2);
  return ruleLines(place);
}

it('restored, the kernel has what is wanted', async () => {
  await byHand();
  const { steps, outcome } = await bench.director.apply(definition);
  expect(steps.map(({ operation }) => operation.kind).toSorted()).toEqual(['addRealServer', 'setRealServer']);
  expect(outcome).toEqual({ kind: 'applied' });
  expect(await ruleLines(bench.director.place)).toEqual(wantedLines(definition));
  await drifts(0);
});

it('adopted, nothing is left to do and the kernel stays as it is', async () => {
  const lines = await byHand();
  const adopted = adopt({ clusterId: 'c', revision: 1, definition }, await actual(), at);
  expect(wantedLines(adopted)).toEqual(lines);
  const { steps, outcome } = await bench.director.apply(adopted);
  expect([steps, outcome]).toEqual([[], { kind: 'applied' }]);
  expect(await ruleLines(bench.director.place)).toEqual(lines);
  await drifts(0);
});

it('a service that ipvsadm made is taken over as it is, then changed as any other, and goes with the cluster', async () => {
  const { director } = bench;
  const foreign = [`-A -t ${address}:9999 -s rr`, `-a -t ${address}:9999 -r ${first}:9999 -g -w 5`];
  await director.place.run('ipvsadm -R', { input: `${foreign.join('\n')}\n` });
  const found = (await actual()).services.find((one) => one.foreign);
  if (found === undefined) throw new Error('it is foreign');
  const { steps } = await director.apply(adoptForeign(definition, found, at));
  expect(steps.map(({ operation, result }) => [operation.kind, result.status])).toEqual([['adoptService', 'done']]);
  expect(await ruleLines(director.place)).toEqual(sortedLines([...wantedLines(definition), ...foreign]));
  expect((await actual()).services.every((one) => !one.foreign)).toBe(true);
  await director.apply(definition);
  expect(await ruleLines(director.place)).toEqual(wantedLines(definition));
});
