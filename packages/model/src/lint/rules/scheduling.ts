// Rules about how a service spreads its packets: scheduler, persistence, one-packet scheduling.
import { replyBypassesDirector } from '../../definition/forwarding.ts';
import type { Persistence, ServiceMatch, VirtualService } from '../../definition/definition.ts';
import { vipsOf } from '../../definition/definition.ts';
import type { Scheduler } from '../../definition/scheduler.ts';
import { choosesByVip, usesWeights } from '../../definition/scheduler.ts';
import { addressOf, familyOfService } from '../../table/table.ts';
import { eachRealServer, eachService, mendRealServer, mendService } from '../each.ts';
import type { Mend, Rule } from '../rule.ts';

/** linux/include/net/ip_vs.h, FTPPORT. */
const FTP_CONTROL_PORT = 21;

function weighted({ name }: Scheduler): Scheduler | null {
  if (name === 'rr') return { name: 'wrr' };
  return name === 'lc' ? { name: 'wlc' } : null;
}

/** As `ipvsadm -p` without a number: 360 seconds, each client by itself. */
function persistent(service: VirtualService): VirtualService {
  const prefixLength = familyOfService(addressOf(service.match)) === 'ipv4' ? 32 : 128;
  return { ...service, persistence: { timeoutSeconds: 360, prefixLength, engine: null } };
}

function mendPersistence(change: (persistence: Persistence) => Persistence): Mend {
  return mendService((service) => ({ ...service, persistence: service.persistence === null ? null : change(service.persistence) }));
}

const mendOnePacket = mendService((service) => ({ ...service, onePacket: false }));

function takesFtp(match: ServiceMatch): boolean {
  if (match.protocol !== 'tcp') return false;
  return match.kind === 'address' ? match.port === FTP_CONTROL_PORT : match.ports.includes(FTP_CONTROL_PORT);
}

const schedulerRules: readonly Rule[] = [
  {
    code: 'weightsHaveNoEffect',
    severity: 'warning',
    find: eachService(['scheduler', 'name'], ({ scheduler, realServers }) => {
      const weights = new Set(realServers.map(({ weight }) => weight).filter((weight) => weight > 0));
      return !usesWeights(scheduler) && weights.size > 1 ? { scheduler: scheduler.name } : null;
    }),
    mend: (definition, hit) => {
      const found = definition.services[Number(hit.path[1])];
      const scheduler = found === undefined ? null : weighted(found.scheduler);
      return scheduler === null ? null : mendService((service) => ({ ...service, scheduler }))(definition, hit);
    },
  },
  {
    code: 'oneVipForSchedulerByVip',
    severity: 'warning',
    find: eachService(['scheduler', 'name'], ({ scheduler, match, realServers }) => (
      choosesByVip(scheduler) && new Set(vipsOf(match)).size === 1 && realServers.filter(({ weight }) => weight > 0).length > 1
        ? { scheduler: scheduler.name } : null)),
    mend: mendService((service) => ({ ...service, scheduler: { name: 'wlc' } })),
  },
];

const persistenceRules: readonly Rule[] = [
  {
    // ip_vs_core.c, ip_vs_schedule: "port zero only supported in persistent services".
    code: 'portZeroWithoutPersistence',
    severity: 'error',
    find: eachService(['match', 'port'], ({ match, persistence }) => (
      match.kind === 'address' && match.port === 0 && persistence === null ? {} : null)),
    mend: mendService(persistent),
  },
  {
    code: 'persistencePrefixTooLong',
    severity: 'error',
    find: eachService(['persistence', 'prefixLength'], ({ match, persistence }) => (
      persistence !== null && persistence.prefixLength > 32 && familyOfService(addressOf(match)) === 'ipv4'
        ? { prefixLength: persistence.prefixLength } : null)),
    mend: mendPersistence((persistence) => ({ ...persistence, prefixLength: 32 })),
  },
  {
    code: 'persistenceEngineNeedsUdp',
    severity: 'error',
    find: eachService(['persistence', 'engine'], ({ match, persistence }) => (
      persistence?.engine === 'sip' && match.protocol !== 'udp' ? { protocol: match.protocol } : null)),
    mend: mendPersistence((persistence) => ({ ...persistence, engine: null })),
  },
  {
    // ip_vs_core.c, ip_vs_leave: data connections that no persistent FTP service takes are left to the director.
    code: 'ftpNeedsPersistence',
    severity: 'warning',
    find: eachService(['persistence'], ({ match, persistence, realServers }) => {
      const bypassing = realServers.find(({ method }) => replyBypassesDirector(method.kind));
      return persistence === null && takesFtp(match) && bypassing !== undefined ? { method: bypassing.method.kind } : null;
    }),
    mend: mendService(persistent),
  },
];

const onePacketRules: readonly Rule[] = [
  {
    code: 'onePacketNeedsUdp',
    severity: 'error',
    find: eachService(['onePacket'], ({ match, onePacket }) => (onePacket && match.protocol !== 'udp' ? { protocol: match.protocol } : null)),
    mend: mendOnePacket,
  },
  {
    // No entry outlives the datagram, so ip_vs_out finds none for the reply; the SIP engine makes one (ip_vs_pe_sip.c, ip_vs_sip_conn_out).
    code: 'onePacketByNat',
    severity: 'warning',
    find: eachService(['onePacket'], ({ match, onePacket, persistence, realServers }) => (
      onePacket && match.protocol === 'udp' && persistence?.engine !== 'sip' && realServers.some(({ method }) => method.kind === 'nat') ? {} : null)),
    mend: mendOnePacket,
  },
  {
    code: 'thresholdsNeverReached',
    severity: 'warning',
    find: eachRealServer(['thresholds'], ({ thresholds }, { match, onePacket }) => (
      onePacket && match.protocol === 'udp' && thresholds.upper > 0 ? { upper: thresholds.upper } : null)),
    mend: mendRealServer((realServer) => ({ ...realServer, thresholds: { upper: 0, lower: 0 } })),
  },
];

export const schedulingRules: readonly Rule[] = [...schedulerRules, ...persistenceRules, ...onePacketRules];
