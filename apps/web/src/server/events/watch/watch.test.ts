// What is told of directors and of the certificate as they go on: once, also over a restart of the panel.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { longDeadlines, startTestPlane } from '../../testing/control-plane.ts';
import type { TestPlane } from '../../testing/control-plane.ts';
import { openTestServer } from '../../testing/database.ts';
import type { TestServer } from '../../testing/database.ts';
import { enrolled, linkIs, longWait, startDirector } from '../../testing/directors.ts';
import { certificateTold } from './certificate-standing.ts';
import { directorTold } from './director-standing.ts';
import type { DirectorNow, DirectorStanding } from './director-standing.ts';

const t0 = 1_800_000_000_000;
const dayMs = 86_400_000;

function now(more: { state?: DirectorNow['director']['link']['state']; startedAtMs?: number; drift?: number | null; checker?: DirectorNow['checker'] } = {}): DirectorNow {
  const { state = 'connected', startedAtMs = 5, drift = 0, checker = { targets: 3, late: null, braked: null } } = more;
  const hello = { hostname: 'h', version: 3, agentVersion: '1', capabilities: null, health: null, startedAtMs };
  return {
    director: { id: 'd', name: 'lvs-a', link: { state, since: t0, lastSeenAt: null, error: null }, hello: hello as unknown as DirectorNow['director']['hello'], drift, driftSinceMs: drift === 0 ? null : t0 - 1 },
    checker, differences: () => ['add'],
  };
}

/** What is told of one look after another. */
function tale(...looks: readonly DirectorNow[]): string[] {
  let standing: DirectorStanding | null = null;
  return looks.map((look) => {
    const told = directorTold(standing, look, t0);
    ({ standing } = told);
    return told.events.map(({ code }) => code).join(' ');
  });
}

describe('a director', () => {
  it('that is seen for the first time and stands well is told nothing of', () => {
    expect(tale(now({ state: 'connecting' }), now(), now())).toEqual(['', '', '']);
  });

  it('falls silent, comes back and starts anew, each told once', () => {
    expect(tale(now(), now({ state: 'silent' }), now({ state: 'silent' }), now({ state: 'refused' }), now({ startedAtMs: 9 }), now({ startedAtMs: 9 })))
      .toEqual(['', 'silent', '', 'refused', 'back newStart', '']);
  });

  it('that is silent tells no end of its drift and of its lateness: what holds is not known', () => {
    const late = { targets: 3, late: { targets: 1, worstMs: 5, sinceMs: t0 }, braked: { hosts: 2, sinceMs: t0 } };
    expect(tale(now({ drift: 2, checker: late }), now({ state: 'silent', drift: 0 }), now({ drift: null, checker: null }), now())).toEqual(['began late braked', 'silent', 'back', 'ended onTime released']);
  });
});

describe('a certificate', () => {
  it('is told of at each of its last stages once, and that another came', () => {
    const certificate = { fingerprint: 'a', subject: 'CN=weir', endsAtMs: t0 };
    let standing: Parameters<typeof certificateTold>[0] = null;
    const told = [40, 30, 29, 7, 1, 0, -1].map((days) => {
      const { events, standing: next } = certificateTold(standing, certificate, t0 - days * dayMs);
      standing = next;
      return events.map(({ code, params }) => `${code} ${params['days'] ?? ''}`.trim()).join();
    });
    expect(told).toEqual(['', 'endsSoon 30', '', 'endsSoon 7', 'endsSoon 1', 'ended', '']);
    expect(certificateTold(standing, { ...certificate, fingerprint: 'b', endsAtMs: t0 + 90 * dayMs }, t0).events).toMatchObject([{ code: 'renewed' }]);
  });
});

describe('with a real agent', () => {
  let server: TestServer;
  let plane: TestPlane;
  beforeAll(async () => {
    server = await openTestServer();
    plane = await startTestPlane(await server.createDatabase(), { deadlines: longDeadlines });
  });
  afterAll(async () => {
    await plane.close();
    await server.remove();
  });

  it('silence and return are told once, though the panel starts anew in between', async () => {
    const director = await startDirector();
    const directorId = await enrolled(plane, director);
    const codes = async (): Promise<string[]> => {
      const { events } = await plane.events.read({ filter: { directorId, kinds: ['director'] }, limit: 20 }, () => true);
      return events.map(({ code }) => code).toReversed();
    };
    // The first look may find it connecting, when nobody knows since when its agent runs.
    await vi.waitFor(async () => expect((await plane.db.watched.findMany({ where: { key: { startsWith: 'director ' } } })).map(({ standing }) => standing))
      .toEqual([expect.objectContaining({ link: 'answers', startedAtMs: expect.any(Number) })]), longWait);
    await director.stop();
    await vi.waitFor(async () => expect((await codes()).at(-1)).toBe('silent'), longWait);
    const before = await codes();
    plane = await plane.restarted();
    await linkIs(plane, directorId, 'silent');
    await director.start();
    await vi.waitFor(async () => expect((await codes()).slice(before.length)).toEqual(expect.arrayContaining(['back', 'newStart'])), longWait);
    // A link may break more often than the test breaks it; but nothing is told twice in a row.
    const told = (await codes()).filter((code) => code !== 'newStart');
    expect(told.filter((code, n) => code === told[n + 1])).toEqual([]);
    await director.remove();
  }, 60_000);
});
