// Findings in the form.
import { tutorialCluster, type Capabilities } from '@weir/model';
import { expect, test } from 'vitest';
import { fieldPath, findingsOf, mendFound } from './findings.ts';

const proxy: Capabilities = {
  driver: 'proxy', families: ['ipv4', 'ipv6'], protocols: ['tcp'], marks: false, schedulers: ['rr', 'wrr'], persistence: false,
  persistenceEngines: [], onePacket: false, methods: ['proxied'], tunnels: [], thresholds: false, unsure: [], removal: 'reset', outlivesAgent: false,
  countersRefreshMs: 0, byteKind: 'payloadBytes',
};
const director = { id: 'd1', name: 'lvs-a', hello: { hostname: 'h', version: 2, agentVersion: '1', capabilities: proxy, health: null, startedAtMs: 0 } };
const cluster = tutorialCluster('d1');
const [web] = cluster.services;

test('the tutorial has none', () => expect(findingsOf(cluster, [director])).toEqual([]));

test('what a driver cannot do is a warning at the field, with the director named', () => {
  const findings = findingsOf({ ...cluster, services: [{ ...web!, scheduler: { name: 'lc' } }] }, [director]);
  expect(findings).toMatchObject([{ severity: 'warning', director: 'lvs-a', params: { feature: 'scheduler', value: 'lc' } }]);
  expect(fieldPath(findings[0]!)).toBe('definition.services.0.scheduler.name');
});

test('a director that was not heard yet is not judged', () => {
  const services = [{ ...web!, scheduler: { name: 'lc' as const } }];
  expect(findingsOf({ ...cluster, services }, [{ ...director, hello: null }])).toEqual([]);
});

test('a rule that speaks of two directors names both', () => {
  const [first] = cluster.directors;
  const findings = findingsOf({ ...cluster, directors: [first!, { ...first!, directorId: 'd2' }] }, [director, { ...director, id: 'd2', name: 'lvs-b' }]);
  expect(findings).toContainEqual(expect.objectContaining({ code: 'duplicateDip', params: expect.objectContaining({ director: 'lvs-b', otherDirector: 'lvs-a' }) }));
});

test('people read names of directors, not ids', () => {
  const findings = findingsOf({ ...cluster, directors: [...cluster.directors, ...cluster.directors] }, [director]);
  expect(findings[0]).toMatchObject({ code: 'duplicateDirector', params: { director: 'lvs-a' } });
});

const nat = { ...cluster, services: [{ ...web!, realServers: web!.realServers.map((realServer) => ({ ...realServer, method: { kind: 'nat' as const } })) }] };

test('what a driver cannot do of a real server names it, and where it has one method that is the mend', () => {
  const found = findingsOf(nat, [director]).filter(({ code }) => code === 'unsupportedByDriver');
  expect(found).toMatchObject(web!.realServers.map(({ name }) => ({ director: 'lvs-a', of: `web · ${name}`, mendable: true })));
  const mended = mendFound(nat, found[0]!, [director]);
  expect(mended?.services[0]?.realServers.map(({ method }) => method.kind)).toEqual(['proxied', ...web!.realServers.slice(1).map(() => 'nat')]);
  expect(mendFound(mended!, found[0]!, [director]), 'it is gone').toBeNull();
});

test('where another director can do it, or may, a person chooses', () => {
  const two = { ...nat, directors: [...nat.directors, { ...nat.directors[0]!, directorId: 'd2' }] };
  const kernel = { ...director, id: 'd2', name: 'lvs-b', hello: { ...director.hello, capabilities: { ...proxy, driver: 'ipvs' as const, methods: ['nat' as const, 'proxied' as const] } } };
  for (const other of [kernel, { ...kernel, hello: null }]) {
    const found = findingsOf(two, [director, other]).filter(({ code }) => code === 'unsupportedByDriver');
    expect(found.map(({ director: name, mendable }) => [name, mendable])).toEqual(web!.realServers.map(() => ['lvs-a', false]));
    expect(mendFound(two, found[0]!, [director, other])).toBeNull();
  }
});
