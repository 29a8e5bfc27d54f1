// Who may call what: every procedure of the panel with every role, with none, and with sessions that are over or forged.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { messagesOf } from '../i18n/messages.ts';
import { appRouter } from './router.ts';
import { openTestPanel } from './testing/panel.ts';
import type { TestPanel } from './testing/panel.ts';

/** The smallest role that a procedure lets through; `anyone` needs no session. A procedure that is not here fails the test. */
const smallestRole: Record<string, 'anyone' | 'viewer' | 'operator' | 'admin'> = {
  'alerts.acknowledge': 'operator',
  'alerts.acknowledgeGeneral': 'operator',
  'alerts.calling': 'viewer',
  'alerts.certificate': 'viewer',
  'alerts.channels': 'admin',
  'alerts.deliveries': 'viewer',
  'alerts.list': 'viewer',
  'alerts.mailServer': 'admin',
  'alerts.removeChannel': 'admin',
  'alerts.rules': 'viewer',
  'alerts.saveChannel': 'admin',
  'alerts.setMailServer': 'admin',
  'alerts.setRule': 'admin',
  'alerts.testChannel': 'admin',
  'audit.list': 'admin',
  'changes.applyRevision': 'operator',
  'changes.confirm': 'operator',
  'changes.get': 'viewer',
  'changes.goOn': 'operator',
  'changes.list': 'viewer',
  'changes.open': 'viewer',
  'changes.plan': 'viewer',
  'changes.revertNow': 'operator',
  'changes.stopHere': 'operator',
  'changes.waiting': 'viewer',
  'clusters.approve': 'operator',
  'clusters.create': 'operator',
  'clusters.createTutorial': 'operator',
  'clusters.differences': 'viewer',
  'clusters.forget': 'admin',
  'clusters.get': 'viewer',
  'clusters.holders': 'viewer',
  'clusters.list': 'viewer',
  'clusters.reject': 'operator',
  'clusters.remains': 'admin',
  'clusters.retire': 'operator',
  'clusters.retired': 'viewer',
  'clusters.revision': 'viewer',
  'clusters.revisions': 'viewer',
  'clusters.save': 'operator',
  'clusters.setApproval': 'admin',
  'clusters.tutorial': 'viewer',
  'connections.counts': 'viewer',
  'connections.find': 'operator',
  'connections.follow': 'operator',
  'directors.enrol': 'admin',
  'directors.enrolAgain': 'admin',
  'directors.forget': 'admin',
  'directors.inspect': 'viewer',
  'directors.list': 'viewer',
  'directors.page': 'viewer',
  'directors.remains': 'admin',
  'directors.remove': 'admin',
  'directors.rename': 'admin',
  'directors.zero': 'operator',
  'directors.zeroService': 'operator',
  'drains.again': 'operator',
  'drains.begin': 'operator',
  'drains.end': 'operator',
  'drains.list': 'viewer',
  'drains.preview': 'viewer',
  'drift.adopt': 'operator',
  'drift.adoptForeign': 'operator',
  'drift.whole': 'viewer',
  'drift.endIgnoring': 'operator',
  'drift.ignore': 'operator',
  'drift.ofCluster': 'viewer',
  'drift.ofDirector': 'viewer',
  'drafts.discard': 'operator',
  'drafts.discardNew': 'operator',
  'drafts.mine': 'operator',
  'drafts.mineNew': 'operator',
  'drafts.open': 'viewer',
  'drafts.save': 'operator',
  'drafts.saveNew': 'operator',
  'events.list': 'viewer',
  'health.changes': 'viewer',
  'health.evidence': 'viewer',
  'history.series': 'viewer',
  'history.setBudget': 'admin',
  'history.storage': 'viewer',
  'live.follow': 'viewer',
  'live.history': 'viewer',
  'live.stream': 'viewer',
  'overrides.end': 'operator',
  'overrides.keep': 'operator',
  'overrides.list': 'viewer',
  'overrides.set': 'operator',
  'overrides.setThere': 'operator',
  'people.create': 'admin',
  'people.list': 'admin',
  'people.remove': 'admin',
  'people.setClusters': 'admin',
  'people.setDisabled': 'admin',
  'people.setPassword': 'admin',
  'people.setRole': 'admin',
  'sampleLoad.get': 'viewer',
  'sampleLoad.set': 'operator',
  'search.find': 'viewer',
  'session.list': 'viewer',
  'session.me': 'anyone',
  'session.revoke': 'viewer',
  'setup.createAdmin': 'anyone',
  'setup.status': 'anyone',
};

/** What is done to one cluster: an operator of others only is refused. All else that needs an operator refuses every limited one. */
const ofOneCluster = [
  'alerts.acknowledge', 'changes.applyRevision', 'changes.confirm', 'changes.goOn', 'changes.revertNow', 'changes.stopHere', 'clusters.approve', 'clusters.reject', 'clusters.retire', 'clusters.save', 'connections.find', 'connections.follow', 'directors.zeroService', 'drafts.discard', 'drafts.mine', 'drafts.save', 'drains.again', 'drains.begin', 'drains.end', 'drift.adopt', 'drift.adoptForeign', 'drift.endIgnoring', 'drift.ignore', 'overrides.end', 'overrides.keep', 'overrides.set', 'overrides.setThere',
];

const callers = ['none', 'forged', 'expired', 'viewer', 'limited', 'operator', 'admin'] as const;
type Caller = (typeof callers)[number];
const rank = { none: 0, forged: 0, expired: 0, anyone: 0, viewer: 1, limited: 2, operator: 2, admin: 3 };

// Of the limited operator's and of others.
const clusters = { theirs: 'cluster-of-theirs', foreign: 'cluster-of-others' } as const;

let panel: TestPanel;
const cookies: Partial<Record<Caller, string>> = { forged: 'weir.session_token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.AAAA' };

beforeAll(async () => {
  panel = await openTestPanel();
  for (const role of ['viewer', 'operator', 'admin'] as const) {
    const { email } = await panel.person(role, role);
    cookies[role] = await panel.signIn(email);
  }
  const { db } = panel.services;
  for (const id of Object.values(clusters)) await db.cluster.create({ data: { id, name: id, headRevisionNumber: 1, wantedRevisionNumber: 1 } });
  const limited = await panel.person('limited', 'operator');
  await panel.api(cookies.admin).people.setClusters.mutate({ id: limited.id, clusterIds: [clusters.theirs] });
  cookies.limited = await panel.signIn(limited.email);
  const { id, email } = await panel.person('Late', 'admin');
  cookies.expired = await panel.signIn(email);
  await panel.services.db.session.updateMany({ where: { userId: id }, data: { expiresAt: new Date(Date.now() - 1) } });
});
afterAll(() => panel.close());

// tRPC types these as nested, and keeps them flat with paths as keys.
type Definition<T> = Readonly<Record<'_def', T>>;
const { procedures: flat } = Reflect.get(appRouter, '_def') as unknown as { procedures: Record<string, Definition<{ type: string; inputs: readonly unknown[] }>> };
const procedures = Object.entries(flat).map(([path, { _def: { type, inputs } }]) => ({
  path, type, takesCluster: inputs.some((input) => input instanceof z.ZodObject && 'clusterId' in input.shape),
}));

// Input that no procedure takes: whoever is let through is told so, and nothing is changed.
const noInput = (clusterId?: string): { json: object } => ({ json: { unknown: true, ...(clusterId !== undefined && { clusterId }) } });

async function codeFor(path: string, type: string, caller: Caller, clusterId?: string): Promise<string> {
  const headers = { origin: panel.origin, 'content-type': 'application/json', ...(cookies[caller] !== undefined && { cookie: cookies[caller] }) };
  const response = type === 'mutation'
    ? await fetch(`${panel.origin}/api/trpc/${path}`, { method: 'POST', headers, body: JSON.stringify(noInput(clusterId)) })
    : await fetch(`${panel.origin}/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(noInput(clusterId)))}`, { headers });
  const text = type === 'subscription' ? await firstEvent(response) : await response.text();
  const code = /"error":\{"code":"(\w+)"/.exec(text)?.[1];
  if (code === 'unexpected') throw new Error(`${path} failed: ${text}`);
  return code === undefined || code === 'badInput' ? 'allowed' : code;
}

/** A stream says in its first event, under status 200, why it is refused. */
async function firstEvent(response: Response): Promise<string> {
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (/event: (?:serialized-error|ping|return)\n[^]*\n\n|\ndata: .*"json"/.test(text)) break;
  }
  return text;
}

describe('the procedures', () => {
  it('are all in the table of roles', () => {
    expect(procedures.map(({ path }) => path).sort()).toEqual(Object.keys(smallestRole).sort());
  });

  it('have words in the audit log, where a refused call may stand', () => {
    const { actions }: { actions: Readonly<Record<string, Readonly<Record<string, string>>>> } = messagesOf('en').audit;
    const withoutWords = Object.entries(smallestRole).filter(([path, role]) => {
      const [router = '', procedure = ''] = path.split('.');
      return rank[role] > rank.viewer && actions[router]?.[procedure] === undefined;
    });
    expect(withoutWords).toEqual([]);
  });

  it.each(procedures)('$path lets through whom the table says, and nobody else', async ({ path, type }) => {
    const needed = smallestRole[path] ?? 'admin';
    const answers: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    for (const caller of callers) {
      answers[caller] = await codeFor(path, type, caller, clusters.theirs);
      wanted[caller] = caller === 'limited' && needed === 'operator' && !ofOneCluster.includes(path) ? 'limitedToClusters' : rank[caller] >= rank[needed] ? 'allowed' : rank[caller] === 0 ? 'signInNeeded' : 'roleTooSmall';
    }
    expect(answers).toEqual(wanted);
  });

  it.each(['limited', 'operator', 'admin'] as const)('take the word that a director is off from an administrator only: %s', async (caller) => {
    const order = { clusterId: clusters.theirs, revision: 1, directors: [{ directorId: 'd', digest: 'ab'.repeat(32), replaces: null }], onFailure: 'goOn' as const };
    const refused = await panel.api(cookies[caller]).changes.applyRevision.mutate({ ...order, off: ['e'] }).then(() => 'ordered', String);
    expect(refused.includes('roleTooSmall')).toBe(caller !== 'admin');
    const written = await panel.services.db.auditEntry.count({ where: { action: 'changes.applyRevision', actorName: caller, outcome: 'refused' } });
    expect(written > 0).toBe(caller !== 'admin');
  });

  const forOperators = procedures.filter(({ path }) => smallestRole[path] === 'operator');

  it.each(forOperators)('$path refuses an operator of other clusters, and nobody who operates all', async ({ path, type }) => {
    const refused = ofOneCluster.includes(path) ? 'clusterNotYours' : 'limitedToClusters';
    expect(await codeFor(path, type, 'limited', clusters.foreign)).toBe(refused);
    // Nor is there a way around it: without a cluster that can be, the input is refused.
    for (const odd of [undefined, '', 'x'.repeat(10_000)]) expect(['allowed', refused]).toContain(await codeFor(path, type, 'limited', odd));
    for (const caller of ['operator', 'admin'] as const) expect(await codeFor(path, type, caller, clusters.foreign)).toBe('allowed');
  });

  it('that take a cluster and an operator are all limited by it', () => {
    expect(forOperators.filter(({ takesCluster }) => takesCluster).map(({ path }) => path).sort()).toEqual(ofOneCluster);
  });

  it('write down who was refused what, once a minute at most', async () => {
    await codeFor('audit.list', 'query', 'operator');
    await codeFor('audit.list', 'query', 'operator');
    const entries = await panel.services.db.auditEntry.findMany({ where: { action: 'audit.list', actorName: 'operator' } });
    expect(entries).toEqual([expect.objectContaining({ outcome: 'refused', objectKind: 'procedure', address: '127.0.0.1' })]);
  });

  it('write down a stranger once a minute, however many of them are tried', async () => {
    for (const { path, type } of procedures) await codeFor(path, type, 'none');
    const count = await panel.services.db.auditEntry.count({ where: { actorId: null, objectKind: 'procedure' } });
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThan(procedures.length / 4);
  });
});
