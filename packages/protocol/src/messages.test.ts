import { tutorialCluster } from '@weir/model';
import type { z } from 'zod';
import { describe, expect, it } from 'vitest';
import * as protocol from './index.ts';

const hash = 'ab'.repeat(32);
const service = { kind: 'address', protocol: 'tcp', vip: '10.0.0.1', port: 80 };
const operation = { kind: 'addService', service, settings: { scheduler: { name: 'rr' }, persistence: null, onePacket: false } };
const cost = { connections: 0, fate: 'none' };
const finding = { code: 'x', severity: 'error', path: ['services', 0], params: { n: 1 } };
const override = {
  id: 'o', target: { clusterId: 'c', serviceId: 's', realServerId: 'r' }, cause: 'manual', effect: { kind: 'weight', weight: 1 },
  author: 'ada', reason: '', startsAtMs: 0, endsAtMs: null,
};
const drain = { id: 'd', targets: [override.target], author: 'ada', reason: '', startedAtMs: 0, deadlineMs: null, atDeadline: 'wait' };
const drained = {
  drain, phase: 'done', sinceMs: 0, evidence: { how: 'empty', weightZeroAtMs: 0, zeroSinceMs: 1, atMs: 3, readings: 3 }, estimate: { doneAtMs: 2, measuredAtMs: 0 },
};
const accepted = { clusterId: 'c', revision: 1, digest: hash, acceptedAtMs: 0 };
const state = { accepted: [accepted], overrides: [override], drift: [operation], driftCount: 1, driftSinceMs: null, unconfirmed: [], drains: [drained], host: null, readAtMs: 0 };
const touched = { directorConnections: 3, clusterConnections: 2, fates: { stay: 1, drain: 0, stall: 1, reset: 0 } };
const plan = { replaces: null, operations: [{ operation, cost }], digest: hash, findings: [finding], touched, readAtMs: 0 };
const planInput = { clusterId: 'c', revision: 1, definition: tutorialCluster('lb-1') };
const report = {
  applyId: 'a', clusterId: 'c', revision: 1, steps: [{ operation, cost, result: { status: 'done' } }], outcome: { kind: 'applied' },
  accepted: 1, startedAtMs: 0, finishedAtMs: 1,
};
const unconfirmed = { applyId: 'a', clusterId: 'c', revision: 2, base: 1, deadlineMs: 1, goingBack: false };
const wentBack = {
  kind: 'wentBack', why: 'notConfirmed', base: null, steps: report.steps, stepCount: 1, remaining: [operation], remainingCount: 1, startedAtMs: 0, finishedAtMs: 1,
};
const capabilities = {
  driver: 'proxy', families: ['ipv4'], protocols: ['tcp'], marks: false, schedulers: ['rr'], persistence: false, persistenceEngines: [], onePacket: false,
  methods: ['proxied'], tunnels: [], thresholds: false, unsure: [], removal: 'reset', outlivesAgent: false, countersRefreshMs: 0, byteKind: 'payloadBytes',
};

const kernel = {
  version: '1.2.1', connectionTableSize: 4_096, timeouts: { tcpSeconds: 900, tcpFinSeconds: 120, udpSeconds: 300 }, schedulers: ['rr'],
  settings: [{ name: 'sync_threshold', value: '3 50' }, { name: 'est_cpulist', value: '' }, { name: 'flush', value: null }],
  daemons: [{ role: 'master', interface: 'eth0', syncId: 7, group: 'ff02::81', port: 8_848, ttl: 1, longestMessageBytes: null }],
};

const inspected = { foreign: { rules: [], count: 0 }, kernel, readAtMs: 0 };

/** Each message of the protocol, as it should be. */
const messages: readonly [name: string, schema: z.ZodType, right: Record<string, unknown>][] = [
  ['EnrolInput', protocol.EnrolInput, { version: 3, secret: 'ab'.repeat(16), directorId: 'lb-1', panelName: 'panel' }],
  ['Hello', protocol.Hello, { version: 3, agentVersion: '0.1.0', hostname: 'lb', directorId: 'lb-1', bootId: 'b', startedAtMs: 0, capabilities, health: { probes: ['tcp', 'path'], scripts: [{ file: 'disk', refusedBecause: 'writable' }] } }],
  ['AcceptedRevision', protocol.AcceptedRevision, accepted],
  ['DirectorState', protocol.DirectorState, state],
  ['ActualReading', protocol.ActualReading, { actual: { services: [], others: [] }, readAtMs: 0 }],
  ['OverrideInput', protocol.OverrideInput, { override }],
  ['DrainInput', protocol.DrainInput, { drain }],
  ['EndDrainInput', protocol.EndDrainInput, { drainId: 'd' }],
  ['EndOverrideInput', protocol.EndOverrideInput, { overrideId: 'o' }],
  ['PlanInput', protocol.PlanInput, planInput],
  ['PlanOutput', protocol.PlanOutput, plan],
  ['ApplyInput', protocol.ApplyInput, { ...planInput, applyId: 'a', replaces: 1, digest: hash, onFailure: 'rollBack' }],
  ['ApplyReport', protocol.ApplyReport, report],
  ['ApplyOutput', protocol.ApplyOutput, { kind: 'report', report }],
  ['ApplyOutput, refused', protocol.ApplyOutput, { kind: 'refused', why: 'planChanged', plan }],
  ['ApplyStatusInput', protocol.ApplyStatusInput, { applyId: 'a' }],
  ['ApplyStatus', protocol.ApplyStatus, { kind: 'report', report, confirmation: null }],
  ['UnconfirmedChange', protocol.UnconfirmedChange, unconfirmed],
  ['ConfirmInput', protocol.ConfirmInput, { applyId: 'a' }],
  ['ConfirmAnswer', protocol.ConfirmAnswer, { confirmation: wentBack }],
  ['Confirmation, waiting', protocol.Confirmation, { kind: 'waiting', deadlineMs: 1, goingBack: false }],
  ['Confirmation, went back', protocol.Confirmation, wentBack],
  ['EnrolmentCode', protocol.EnrolmentCode, { address: 'a:1', keyHash: hash, secret: 'ab'.repeat(16) }],
  ['AgentFault', protocol.AgentFault, { code: 'busy', params: { since: 1 } }],
  ['Inspection', protocol.Inspection, { foreign: { rules: [{ is: 'service', text: '-A -t 10.0.0.1:80 -s rr', why: null }], count: 1 }, kernel, readAtMs: 0 }],
  ['ZeroInput', protocol.ZeroInput, { service: { clusterId: 'c', serviceId: 's' } }],
  ['Zeroed', protocol.Zeroed, { zeroedAtMs: 0 }],
  ['StreamEvent, state', protocol.StreamEvent, { kind: 'state', bootId: 'b', state }],
  ['StreamEvent, tick', protocol.StreamEvent, { kind: 'tick', bootId: 'b', sequence: 0, measuredAtMs: 0, services: [] }],
];

function complaints(schema: z.ZodType, value: unknown): string[] {
  return schema.safeParse(value).error?.issues.map(({ path }) => path.join('.')) ?? [];
}

/** What older versions did not say: left out it is null. */
const mayLack = ['touched'];

describe.each(messages)('%s', (_, schema, right) => {
  it('is read as it is written', () => expect(schema.parse(JSON.parse(JSON.stringify(right)))).toEqual(right));

  it.each(Object.keys(right))('needs %s, of the right type, and says that it is wrong', (field) => {
    const { [field]: given, ...without } = right;
    const wrongs = [Symbol('x'), -1, 1.5, '\0', ...(typeof given === 'boolean' ? [] : [true]), ...(field === 'params' ? [] : [{}])];
    for (const wrong of [...(mayLack.includes(field) ? [] : [without]), ...wrongs.map((value) => ({ ...right, [field]: value }))]) {
      const [first, ...rest] = complaints(schema, wrong).map((path) => path.split('.')[0]);
      expect([field, given, first, ...rest.filter((other) => other !== field)]).toEqual([field, given, field]);
    }
  });

  it('has no other fields', () => {
    const error = schema.safeParse({ ...right, colour: 'red' }).error;
    expect(error?.issues).toMatchObject([{ code: 'unrecognized_keys', keys: ['colour'] }]);
  });

  it.each([null, undefined, 7, 'x', true, []])('is not %j', (value) => expect(schema.safeParse(value).success).toBe(false));
});

describe('within a message', () => {
  it.each<[string, z.ZodType, unknown, string]>([
    ['a revision of 0', protocol.PlanInput, { ...planInput, revision: 0 }, 'revision'],
    ['a definition with a fault deep inside', protocol.PlanInput, { ...planInput, definition: { ...planInput.definition, vips: [{ address: 'x', holder: null }] } }, 'definition.vips.0.address'],
    ['a digest in capitals', protocol.PlanOutput, { ...plan, digest: hash.toUpperCase() }, 'digest'],
    ['a cost below 0', protocol.PlanOutput, { ...plan, operations: [{ operation, cost: { connections: -1, fate: 'stay' } }] }, 'operations.0.cost.connections'],
    ['an operation that is none', protocol.DirectorState, { ...state, drift: [{ ...operation, kind: 'flush' }] }, 'drift.0.kind'],
    ['an outcome that is none', protocol.ApplyOutput, { kind: 'report', report: { ...report, outcome: { kind: 'fine' } } }, 'report.outcome.kind'],
    ['a refusal without a reason', protocol.ApplyOutput, { kind: 'refused', why: 'because', plan }, 'why'],
    ['a kernel setting outside of its folder', protocol.Inspection, { ...inspected, kernel: { ...kernel, settings: [{ name: '../tcp_syncookies', value: '1' }] } }, 'kernel.settings.0.name'],
    ['a kernel setting of two lines', protocol.Inspection, { ...inspected, kernel: { ...kernel, settings: [{ name: 'conntrack', value: '1\n0' }] } }, 'kernel.settings.0.value'],
    ['a daemon of a third role', protocol.Inspection, { ...inspected, kernel: { ...kernel, daemons: [{ ...kernel.daemons[0], role: 'slave' }] } }, 'kernel.daemons.0.role'],
    ['a rule of others that is too long', protocol.Inspection, { ...inspected, foreign: { rules: [{ is: 'service', text: 'x'.repeat(501), why: null }], count: 1 } }, 'foreign.rules.0.text'],
    ['a time to confirm of an hour and more', protocol.ApplyInput, { ...planInput, applyId: 'a', replaces: 1, digest: hash, onFailure: 'goOn', confirmWithinMs: 3_600_001 }, 'confirmWithinMs'],
    ['a service without its cluster', protocol.ZeroInput, { service: { serviceId: 's' } }, 'service.clusterId'],
    ['a fault with a nested parameter', protocol.AgentFault, { code: 'busy', params: { since: { ms: 1 } } }, 'params.since'],
  ])('%s is refused where it stands', (_, schema, value, path) => expect(complaints(schema, value)).toEqual([path]));

  it.each<[string, z.ZodType, string, unknown]>([
    ['accepted', protocol.DirectorState, 'accepted', Array.from({ length: 1_001 }, () => accepted)],
    ['overrides', protocol.DirectorState, 'overrides', Array.from({ length: 10_001 }, () => override)],
    ['drift', protocol.DirectorState, 'drift', Array.from({ length: 101 }, () => operation)],
    ['operations', protocol.PlanOutput, 'operations', Array.from({ length: 200_001 }, () => ({ operation, cost }))],
    ['findings', protocol.PlanOutput, 'findings', Array.from({ length: 10_001 }, () => finding)],
    ['unconfirmed', protocol.DirectorState, 'unconfirmed', Array.from({ length: 1_001 }, () => unconfirmed)],
    ['steps', protocol.ApplyReport, 'steps', Array.from({ length: 200_001 }, () => report.steps[0])],
  ])('%s have a bound', (_, schema, field, value) => {
    const right = schema === protocol.DirectorState ? state : schema === protocol.PlanOutput ? plan : report;
    expect(complaints(schema, { ...right, [field]: value })).toEqual([field]);
  });

  it('a cluster may be taken off a director, and a status may be unknown', () => {
    expect(protocol.PlanInput.safeParse({ ...planInput, definition: null }).success).toBe(true);
    expect(protocol.ApplyStatus.safeParse({ kind: 'unknown' }).success).toBe(true);
    expect(protocol.ApplyStatus.safeParse({ kind: 'running' }).success).toBe(true);
  });
});
