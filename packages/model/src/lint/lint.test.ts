import { assert, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tutorialCluster } from '../definition/tutorial.ts';
import { definition as anyDefinition } from '../testing/definitions/arbitrary-definition.ts';
import { cluster, realServer, service } from '../testing/definitions/cluster.ts';
import { address, mark, vip, withRealServer, withService } from '../testing/definitions/lint-cases.ts';
import { hasErrors, lint, mend, rules } from './lint.ts';

describe('lint', () => {
  it('has nothing to say about the cluster that the tests vary, and the tutorial\'s', () => {
    expect(lint(cluster())).toEqual([]);
    expect(lint(tutorialCluster('lb-1'))).toEqual([]);
  });

  it('has each code once', () => expect(new Set(rules.map(({ code }) => code)).size).toBe(rules.length));

  it('goes on after a fault: several in one definition are all found', () => {
    const definition = cluster({ directors: [], services: [service('web', { onePacket: true, realServers: [realServer('rs', { rip: vip, weight: 70_000 })] })] });
    expect(lint(definition).map(({ code }) => code)).toEqual(['noDirector', 'holderNotInCluster', 'onePacketNeedsUdp', 'realServerIsVip', 'weightAboveIpvsadm']);
  });

  it('tells errors from warnings', () => {
    expect(hasErrors(lint(cluster({ vips: [{ address: vip, holder: null }] })))).toBe(false);
    expect(hasErrors(lint(cluster({ directors: [] })))).toBe(true);
    expect(hasErrors([])).toBe(false);
  });
});

describe('lint after an edit', () => {
  it('finds in services that it has seen, in any order and beside any others, what it finds in new ones', () => {
    assert(property(anyDefinition, anyDefinition, (one, other) => {
      lint(one);
      lint(other);
      const edited = { ...one, services: [...other.services, ...one.services].toReversed() };
      expect(lint(edited)).toEqual(lint(structuredClone(edited)));
    }));
  });
});

describe('mend', () => {
  it('takes away one finding and leaves the others', () => {
    const definition = withService({
      match: address({ port: 0 }), onePacket: true,
      realServers: [realServer('a', { port: 0 }), realServer('b', { rip: '192.168.8.30', port: 0, thresholds: { upper: 1, lower: 2 } })],
    });
    const codes = lint(definition).map(({ code }) => code);
    expect(codes).toEqual(['portZeroWithoutPersistence', 'onePacketNeedsUdp', 'thresholdsCrossed']);
    for (const finding of lint(definition)) {
      const after = mend(definition, finding);
      expect(after === null ? null : lint(after).map(({ code }) => code)).toEqual(codes.filter((code) => code !== finding.code));
    }
  });

  it('mends everything that it can, one finding after the other', () => {
    let definition = withService({ onePacket: true, scheduler: { name: 'rr' }, realServers: ['a', 'b', 'c'].map((id, n) => realServer(id, { weight: n + 1 })) });
    for (let [finding] = lint(definition); finding !== undefined; [finding] = lint(definition)) {
      const after = mend(definition, finding);
      if (after === null) throw new Error(`no mend for ${finding.code}`);
      definition = after;
    }
    expect(definition.services[0]?.realServers.map(({ id }) => id)).toEqual(['a']);
  });

  it('does not touch a definition in which the finding is no longer true', () => {
    const [finding] = lint(withRealServer({ thresholds: { upper: 1, lower: 2 } }));
    if (finding === undefined) throw new Error('nothing found');
    expect(mend(withRealServer({ thresholds: { upper: 2, lower: 2 } }), finding)).toBeNull();
    expect(mend(cluster({ services: [] }), finding)).toBeNull();
    expect(mend(cluster(), { ...finding, code: 'unheardOf' })).toBeNull();
  });

  it('knows a finding again in which a page has put names for ids', () => {
    const definition = cluster({ vips: [{ address: vip, holder: 'lb-9' }] });
    const [finding] = lint(definition);
    if (finding === undefined) throw new Error('nothing found');
    expect(mend(definition, { ...finding, params: { ...finding.params, director: 'Director Nine' } })).toEqual(cluster());
  });

  it('mends the one of several at one place that it is given', () => {
    const definition = cluster({ vips: [], services: [service('web', { match: { ...mark, vips: [vip, '192.168.8.201'] } })] });
    const [, second] = lint(definition);
    if (second === undefined) throw new Error('nothing found');
    expect(mend(definition, second)?.vips).toEqual([{ address: '192.168.8.201', holder: 'lb-1' }]);
    expect(mend(definition, { ...second, params: {} })).toBeNull();
  });
});
