// Who is in the metrics, and under which names: what a sample counted, called as the accepted revisions call it, and no more of it than may be.
import { addressOf, endpointKey, serviceKey } from '@weir/model';
import type { EndpointKey, RealServerSample, Sample, ServiceKey, ServiceMatch, ServiceSample } from '@weir/model';
import type { RealServerStanding, ServiceStanding } from '@weir/protocol';
import type { HeldCluster } from '../disk/data-folder.ts';
import { labelsOf } from './text-format.ts';

interface NamedService {
  readonly clusterId: string;
  readonly serviceId: string;
  readonly labels: string;
  readonly realServers: ReadonlyMap<EndpointKey, { readonly id: string; readonly labels: string }>;
}

export type Names = ReadonlyMap<ServiceKey, NamedService>;

export interface ServiceSeen {
  readonly labels: string;
  readonly sample: ServiceSample;
  /** Null where nothing is asked of its real servers. */
  readonly standing: ServiceStanding | null;
}

export interface RealServerSeen {
  readonly labels: string;
  readonly sample: RealServerSample;
  readonly standing: RealServerStanding | null;
}

export interface Census {
  readonly services: readonly ServiceSeen[];
  readonly realServers: readonly RealServerSeen[];
  readonly leftOut: { readonly services: number; readonly realServers: number };
  /** Services that no accepted revision names. */
  readonly unnamed: number;
}

/** Of services and of real servers. */
export interface CensusBounds {
  readonly services: number;
  readonly realServers: number;
}

/** Some 100,000 series, 20 MB of text: what a Prometheus takes from one target without trouble. */
export const censusBounds: CensusBounds = { services: 2_000, realServers: 6_000 };

function matchLabels(match: ServiceMatch): Readonly<Record<string, string | number | null>> {
  return match.kind === 'mark'
    ? { protocol: match.protocol, mark: match.mark, family: match.family }
    : { protocol: match.protocol, vip: match.vip, port: match.port };
}

function realServerLabels(service: string, key: EndpointKey, name: string | null): string {
  const colon = key.lastIndexOf(':');
  return `${service},${labelsOf({ real_server: name, rip: key.slice(0, colon).replace(/^\[|\]$/g, ''), rport: key.slice(colon + 1) })}`;
}

export function namesOf(accepted: readonly HeldCluster[]): Names {
  return new Map(accepted.flatMap(({ clusterId, definition }) => definition.services.map(({ id, name, match, realServers }): [ServiceKey, NamedService] => {
    const labels = labelsOf({ cluster: definition.name, service: name, ...matchLabels(match) });
    return [serviceKey(addressOf(match)), {
      clusterId, serviceId: id, labels,
      realServers: new Map(realServers.map((realServer) => {
        const key = endpointKey(realServer);
        return [key, { id: realServer.id, labels: realServerLabels(labels, key, realServer.name) }];
      })),
    }];
  })));
}

type StandingOf = (at: { readonly clusterId: string; readonly serviceId: string }) => ServiceStanding | null;

function realServersOf(service: ServiceSample, named: NamedService, standing: ServiceStanding | null): readonly RealServerSeen[] {
  const standings = new Map(standing?.realServers.map((one) => [one.realServerId, one]));
  return service.realServers.map((sample) => {
    const name = named.realServers.get(sample.key);
    return {
      sample,
      labels: name?.labels ?? realServerLabels(named.labels, sample.key, null),
      standing: name === undefined ? null : standings.get(name.id) ?? null,
    };
  });
}

/** Services before real servers, each in the order of the sample. */
export function takeCensus(sample: Sample, names: Names, standingOf: StandingOf, bounds = censusBounds): Census {
  const services: ServiceSeen[] = [];
  const realServers: RealServerSeen[] = [];
  const leftOut = { services: 0, realServers: 0 };
  let unnamed = 0;
  for (const service of sample.services) {
    const named = names.get(service.key);
    if (named === undefined) unnamed += 1;
    else {
      const isTold = services.length < bounds.services;
      const fits = realServers.length + service.realServers.length <= bounds.realServers;
      const standing = isTold || fits ? standingOf(named) : null;
      if (isTold) services.push({ labels: named.labels, sample: service, standing });
      else leftOut.services += 1;
      if (fits) realServers.push(...realServersOf(service, named, standing));
      else leftOut.realServers += service.realServers.length;
    }
  }
  return { services, realServers, leftOut, unnamed };
}
