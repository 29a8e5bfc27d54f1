// Rules about health: that what is asked can be asked, and that what an answer does leaves somebody who answers.
import { familyOf } from '../../definition/address.ts';
import type { ClusterDefinition, RealServer, VirtualService } from '../../definition/definition.ts';
import { replyBypassesDirector } from '../../definition/forwarding.ts';
import type { ServiceHealth } from '../../definition/health/service-health.ts';
import { slowStartMeans } from '../../health/decide/slow-start.ts';
import { checkedPort } from '../../health/targets.ts';
import { canonicalText } from '../../json/canonical-text.ts';
import { endpointKey } from '../../table/table.ts';
import { eachRealServer, eachService, mendService } from '../each.ts';
import type { Mend, Params, Rule } from '../rule.ts';
import { checkRules, eachCheck, mendCheck } from './checks.ts';

type Health = ServiceHealth;

/** A rule of one service that has health. */
function ofHealth(field: readonly string[], test: (health: Health, service: VirtualService) => Params | null): Rule['find'] {
  return eachService(['health', ...field], (service) => (service.health === undefined ? null : test(service.health, service)));
}

function mendHealth(change: (health: Health, service: VirtualService) => Health): Mend {
  return mendService((service) => (service.health === undefined ? service : { ...service, health: change(service.health, service) }));
}

const quorumRules: readonly Rule[] = [
  {
    code: 'quorumAboveRealServers',
    severity: 'warning',
    find: ofHealth(['quorum', 'up'], ({ quorum }, { realServers }) => (
      realServers.length > 0 && quorum.up > realServers.length ? { quorum: quorum.up, count: realServers.length } : null)),
    mend: mendHealth((health, { realServers }) => ({ ...health, quorum: { up: realServers.length, hysteresis: 0 } })),
  },
  {
    code: 'hysteresisAboveRealServers',
    severity: 'warning',
    find: ofHealth(['quorum', 'hysteresis'], ({ quorum: { up, hysteresis } }, { realServers: { length } }) => (
      up <= length && up + hysteresis > length ? { quorum: up, hysteresis, count: length } : null)),
    mend: mendHealth((health, { realServers }) => ({ ...health, quorum: { ...health.quorum, hysteresis: realServers.length - health.quorum.up } })),
  },
];

const sorryRules: readonly Rule[] = [
  {
    code: 'sorryWithoutServer',
    severity: 'error',
    find: ofHealth(['belowQuorum'], ({ belowQuorum, sorry }) => (belowQuorum === 'sorry' && sorry === null ? {} : null)),
  },
  {
    code: 'sorryNeverUsed',
    severity: 'warning',
    find: ofHealth(['sorry'], ({ belowQuorum, sorry }) => (belowQuorum !== 'sorry' && sorry !== null ? { sorry: endpointKey(sorry) } : null)),
    mend: mendHealth((health) => ({ ...health, belowQuorum: 'sorry' })),
  },
  {
    code: 'sorryIsRealServer',
    severity: 'error',
    find: ofHealth(['sorry', 'rip'], ({ sorry }, { realServers }) => {
      const same = sorry === null ? undefined : realServers.find((realServer) => endpointKey(realServer) === endpointKey(sorry));
      return same === undefined ? null : { sorry: endpointKey(same), other: same.name };
    }),
  },
];

/** Nothing of the scheduler can be turned, or no weight has steps. */
function hasNoSteps(service: VirtualService): boolean {
  const { weights, thresholds } = slowStartMeans(service);
  return !thresholds && (!weights || service.realServers.every(({ weight }) => weight < 2));
}

const effectRules: readonly Rule[] = [
  {
    code: 'slowStartHasNoSteps',
    severity: 'warning',
    find: ofHealth(['slowStartSeconds'], ({ slowStartSeconds }, service) => (
      slowStartSeconds > 0 && service.realServers.length > 0 && hasNoSteps(service)
        ? { scheduler: service.scheduler.name, weights: slowStartMeans(service).weights ? 'ones' : 'ignored' } : null)),
    mend: mendHealth((health) => ({ ...health, slowStartSeconds: 0 })),
  },
  {
    // ip_vs_conn.c, ip_vs_check_template: a template of what is gone is dropped, one of weight 0 only with expire_quiescent_template.
    code: 'downKeepsClients',
    severity: 'warning',
    find: ofHealth(['whenDown'], ({ whenDown }, { persistence }) => (
      whenDown === 'weightZero' && persistence !== null ? { seconds: persistence.timeoutSeconds } : null)),
    mend: mendHealth((health) => ({ ...health, whenDown: 'remove' })),
  },
];

const isByPath = ({ method }: RealServer): boolean => replyBypassesDirector(method.kind);

const askingRules: readonly Rule[] = [
  {
    code: 'realServerNotChecked',
    severity: 'warning',
    find: eachRealServer(['method'], (realServer, { health }) => (
      health !== undefined && health.checks.length > 0 && !isByPath(realServer) && health.checks.every(({ probe }) => probe.type === 'path') ? { method: realServer.method.kind } : null)),
  },
  {
    code: 'pathCheckPassesBy',
    severity: 'warning',
    find: eachRealServer(['method'], (realServer, { health }) => (
      !isByPath(realServer) && health?.checks.some(({ probe }) => probe.type === 'path') === true && health.checks.some(({ probe }) => probe.type !== 'path')
        ? { method: realServer.method.kind } : null)),
  },
  {
    code: 'sourceOfOtherFamily',
    severity: 'error',
    find: eachCheck(['source'], ({ source }, { realServers }) => {
      const other = source === null ? undefined : realServers.find(({ rip }) => familyOf(rip) !== familyOf(source));
      return source === null || other === undefined ? null : { source, realServer: endpointKey(other) };
    }),
    mend: mendCheck((check) => ({ ...check, source: null })),
  },
  {
    code: 'checkNeedsPort',
    severity: 'error',
    find: eachCheck(['port'], (check, service) => {
      const without = service.realServers.find((realServer) => check.probe.type !== 'path' && checkedPort(check, realServer, service) === null);
      return without === undefined ? null : { realServer: endpointKey(without) };
    }),
  },
];

const MANY_TRIES_PER_SECOND = 1_000;

/** What a director asks each second. Counted thing by thing only where it may be much: what several services ask alike is asked once. */
function triesPerSecond({ services }: ClusterDefinition): number {
  const atMost = services.reduce((sum, { health, realServers }) => (
    sum + (health?.checks ?? []).reduce((each, { intervalMs }) => each + realServers.length * 1_000 / intervalMs, 0)), 0);
  if (atMost <= MANY_TRIES_PER_SECOND) return atMost;
  const perSecond = new Map<string, number>();
  for (const service of services) {
    for (const check of service.health?.checks ?? []) {
      const { id: _, rise: _rise, fall: _fall, ...question } = check;
      const asked = canonicalText([question, question.probe.type === 'path' ? service.match : null]);
      for (const realServer of service.realServers) perSecond.set(`${realServer.rip} ${checkedPort(check, realServer, service) ?? ''} ${asked}`, 1_000 / check.intervalMs);
    }
  }
  return [...perSecond.values()].reduce((sum, tries) => sum + tries, 0);
}

export const healthRules: readonly Rule[] = [
  ...askingRules, ...checkRules, ...quorumRules, ...sorryRules, ...effectRules,
  {
    code: 'manyTries',
    severity: 'warning',
    find: (definition) => {
      const tries = Math.round(triesPerSecond(definition));
      return tries > MANY_TRIES_PER_SECOND ? [{ path: ['services'], params: { tries } }] : [];
    },
  },
];
