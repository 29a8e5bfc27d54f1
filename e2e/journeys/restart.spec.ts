// Panel, agent and database are killed while a cluster is saved and applied: nothing acknowledged is lost, and what forwards is the old, the new, or finished at restart.
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { Api } from '../weir/api.ts';
import { applyWith, clusterNamed, planOf } from '../weir/clusters.ts';
import { administrator } from '../weir/people.ts';
import { pidOf, type Part } from '../weir/processes.ts';
import { running, url } from '../weir/running.ts';
import { askTimes, shares } from '../weir/traffic.ts';
import { until } from '../weir/until.ts';
import { weightsOf, Writer, type Step } from '../weir/writer.ts';

const name = 'tutorial';
const vip = '127.0.8.200';
const port = 8080;

/** Who is killed, how long after which request was sent. */
const kills: readonly [Part, Step, afterMs: number][] = [
  ['agent', 'apply', 0], ['panel', 'save', 4], ['postgres', 'save', 4], ['agent', 'order', 8], ['panel', 'apply', 2], ['postgres', 'order', 8],
  ['agent', 'order', 2], ['agent', 'apply', 6], ['postgres', 'apply', 0],
];

const Directors = z.array(z.object({
  link: z.object({ state: z.string() }), drift: z.int().nullable(),
  accepted: z.array(z.object({ clusterId: z.string(), revision: z.int() })).nullable(),
}));

function healthy(): Promise<boolean> {
  return fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2_000) }).then(({ ok }) => ok, () => false);
}

/** The revision that the director holds, once it is linked and forwards just that. */
function settledRevision(api: Api, clusterId: string): Promise<number> {
  return until('the director is linked and forwards what it holds', 60_000, async () => {
    const director = (await api.query('directors.list', Directors)).find(({ accepted }) => accepted?.some((each) => each.clusterId === clusterId));
    if (director?.link.state !== 'connected' || director.drift !== 0) return null;
    return director.accepted?.find((each) => each.clusterId === clusterId)?.revision;
  });
}

async function killDuring(writer: Writer, armed: { current: ((step: Step) => void) | null }, [part, at, afterMs]: (typeof kills)[number]): Promise<void> {
  const { launcher } = running();
  const victim = await until(`${part} runs`, 10_000, () => pidOf(launcher, part));
  const killed = new Promise<void>((resolve) => {
    armed.current = (step) => {
      if (step !== at) return;
      armed.current = null;
      setTimeout(() => {
        process.kill(victim, 'SIGKILL');
        resolve();
      }, afterMs);
    };
  });
  writer.start();
  await killed;
  await until(`${part} runs again`, 60_000, () => {
    const pid = pidOf(launcher, part);
    return pid !== null && pid !== victim;
  });
  const finished = writer.finished;
  await until('saving and applying go on', 60_000, () => writer.finished > finished + 1);
  await writer.stop();
}

test('nothing acknowledged is lost, whoever is killed when', async ({ page }) => {
  test.setTimeout(240_000);
  const api = await Api.signedIn(administrator);
  const { id } = await clusterNamed(api, name);
  await page.goto(`/clusters/${id}/live`);
  const armed: { current: ((step: Step) => void) | null } = { current: null };
  const writer = new Writer(api, name, (step) => armed.current?.(step));
  for (const kill of kills) {
    await test.step(`${kill[0]} is killed ${kill[2]} ms into ${kill[1]}`, async () => {
      await killDuring(writer, armed, kill);
      expect(await healthy()).toBe(true);
      const revision = await settledRevision(api, id);
      const [first, second] = weightsOf(revision);
      expect(shares(await askTimes(first + second, vip, port)), `the shares of revision ${revision}`)
        .toEqual({ '127.0.8.20': first, '127.0.8.30': second });
      const lately = writer.ordered.slice(-4);
      await until('every order has come to an end', 60_000, async () => (
        (await Promise.all(lately.map((applyId) => applyWith(api, applyId)))).every(({ finishedAt, directors }) => (
          finishedAt !== null && directors.every(({ state, askedAgain }) => !askedAgain && !['waiting', 'running'].includes(state))))));
    });
  }

  const numbers = (await api.query('clusters.revisions', z.array(z.object({ number: z.int() })), { clusterId: id })).map(({ number }) => number);
  expect(numbers).toEqual(Array.from(numbers, (_, index) => numbers.length - index));
  expect(writer.acknowledged.size).toBeGreaterThan(kills.length);
  const held = weightsOf(await settledRevision(api, id));
  for (const number of writer.acknowledged) {
    const [director] = (await planOf(api, id, number)).directors;
    const planned = [...held];
    for (const { operation } of director?.plan?.operations ?? []) {
      if (operation.kind === 'setRealServer') planned[operation.endpoint.rip === '127.0.8.20' ? 0 : 1] = operation.after.weight;
    }
    expect(planned, `what revision ${number} says`).toEqual(weightsOf(number));
  }

  await test.step('the page goes on without being loaded again', async () => {
    await expect(page.getByRole('button', { name: /^Live/ })).toBeVisible({ timeout: 60_000 });
    const total = () => page.getByRole('table', { name: 'Real servers of web' }).innerText();
    const before = await total();
    await askTimes(2, vip, port);
    await expect.poll(total).not.toBe(before);
  });
});
