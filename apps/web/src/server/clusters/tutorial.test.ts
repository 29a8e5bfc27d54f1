// The tutorial's cluster: offered where it can work, saved and applied by one order.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ann, startTestPlane } from '../testing/control-plane.ts';
import type { TestPlane } from '../testing/control-plane.ts';
import { openTestServer } from '../testing/database.ts';
import type { TestServer } from '../testing/database.ts';
import { enrolled, linkIs, longWait, startDirector, webCluster } from '../testing/directors.ts';
import type { TestDirector } from '../testing/directors.ts';
import { createTutorial, tutorialOffer, tutorials } from './tutorial.ts';

let server: TestServer;
let plane: TestPlane;
let agent: TestDirector;

beforeAll(async () => {
  server = await openTestServer();
  plane = await startTestPlane(await server.createDatabase());
  agent = await startDirector();
});
afterAll(async () => {
  await plane.close();
  await agent.remove();
  await server.remove();
});

it('is offered once a proxy director is connected, and while nothing stands in its place', async () => {
  expect(tutorialOffer(plane)).toEqual({ offered: false, why: 'noDirector', directorId: null });
  await expect(createTutorial(plane, ann)).rejects.toMatchObject({ code: 'tutorialNotOffered', params: { why: 'noDirector' } });
  const directorId = await enrolled(plane, agent);
  expect(tutorialOffer(plane)).toEqual({ offered: true, why: null, directorId, network: 'loopback' });
  // The lab's is for a kernel's own IPVS.
  expect(tutorialOffer({ ...plane, tutorial: tutorials.lab })).toMatchObject({ offered: false, why: 'noDirector' });
  const taken = webCluster({ directorIds: [directorId], vip: '127.0.8.200' });
  const { clusterId } = await plane.clusters.create(ann, { definition: taken, reason: '' });
  expect(tutorialOffer(plane)).toMatchObject({ offered: false, why: 'addressTaken' });
  await plane.clusters.save(ann, { clusterId, base: 1, definition: webCluster({ directorIds: [directorId] }), reason: '' });
  await agent.stop();
  await linkIs(plane, directorId, 'silent');
  expect(tutorialOffer(plane)).toMatchObject({ offered: false, why: 'noDirector' });
  await agent.start();
  await linkIs(plane, directorId, 'connected');
});

it('is saved and applied in one go, once', async () => {
  const { clusterId, applyId } = await createTutorial(plane, ann);
  expect(plane.clusters.view(clusterId)).toMatchObject({ name: 'tutorial', head: { number: 1, author: 'Ann' } });
  await vi.waitFor(async () => expect((await plane.changes.get(applyId)).finishedAt).not.toBeNull(), longWait);
  const { directors } = await plane.changes.get(applyId);
  // Whether its address is free on this host is not this test's matter.
  expect(directors).toMatchObject([{ state: 'done', planned: [{ operation: { kind: 'addService' } }, { operation: { kind: 'addRealServer' } }, { operation: { kind: 'addRealServer' } }] }]);
  await expect(createTutorial(plane, ann)).rejects.toMatchObject({ code: 'tutorialNotOffered', params: { why: 'exists' } });
});
