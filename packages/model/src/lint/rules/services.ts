// Rules about which packets belong to which virtual service.
import type { ServiceMatch, VirtualService } from '../../definition/definition.ts';
import { addressOf, serviceKey } from '../../table/table.ts';
import { eachService, mendService, serviceHit } from '../each.ts';
import { repeats } from '../repeats.ts';
import type { Hit, Rule } from '../rule.ts';

type Mark = Extract<ServiceMatch, { kind: 'mark' }>;

const keyOf = (service: VirtualService): string => serviceKey(addressOf(service.match));

/** Which mark takes the packets of a protocol, a VIP and a port: of several the first. */
class MarkedPackets {
  readonly #byPort = new Map<string, VirtualService>();
  readonly #byVip = new Map<string, VirtualService>();
  readonly #everyPort = new Map<string, VirtualService>();

  add(service: VirtualService, { protocol, vips, ports }: Mark): void {
    const put = (map: Map<string, VirtualService>, key: string): void => { if (!map.has(key)) map.set(key, service); };
    for (const vip of vips) {
      put(this.#byVip, `${protocol} ${vip}`);
      if (ports.length === 0) put(this.#everyPort, `${protocol} ${vip}`);
      for (const port of ports) put(this.#byPort, `${protocol} ${vip} ${port}`);
    }
  }

  /** A mark that takes some packet of this mark. */
  overlapping({ protocol, vips, ports }: Mark): VirtualService | undefined {
    for (const vip of vips) {
      const found = ports.length === 0
        ? this.#byVip.get(`${protocol} ${vip}`)
        : this.#everyPort.get(`${protocol} ${vip}`) ?? ports.map((port) => this.#byPort.get(`${protocol} ${vip} ${port}`)).find((service) => service !== undefined);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** A mark that takes every packet of this address; port 0 is left what no mark takes. */
  covering({ protocol, vip, port }: Exclude<ServiceMatch, Mark>): VirtualService | undefined {
    return this.#everyPort.get(`${protocol} ${vip}`) ?? this.#byPort.get(`${protocol} ${vip} ${port}`);
  }
}

function overlappingMarks(services: readonly VirtualService[]): Hit[] {
  const marked = new MarkedPackets();
  return services.flatMap((service, index) => {
    const { match } = service;
    if (match.kind === 'address') return [];
    const other = marked.overlapping(match);
    marked.add(service, match);
    return other === undefined || keyOf(other) === keyOf(service) ? [] : [serviceHit(index, service, ['match'], { key: keyOf(service), other: other.name })];
  });
}

function addressesBehindMarks(services: readonly VirtualService[]): Hit[] {
  const marked = new MarkedPackets();
  for (const service of services) if (service.match.kind === 'mark') marked.add(service, service.match);
  return services.flatMap((service, index) => {
    const { match } = service;
    const other = match.kind === 'address' ? marked.covering(match) : undefined;
    return other === undefined ? [] : [serviceHit(index, service, ['match'], { key: keyOf(service), other: other.name })];
  });
}

const markRules: readonly Rule[] = [
  {
    // ip_vs_ctl.c, ip_vs_service_find: marks are looked up before addresses.
    code: 'addressBehindMark',
    severity: 'error',
    find: ({ services }) => addressesBehindMarks(services),
  },
  { code: 'marksOverlap', severity: 'error', find: ({ services }) => overlappingMarks(services) },
  {
    code: 'repeatedInMark',
    severity: 'error',
    find: eachService(['match'], ({ match }) => {
      if (match.kind === 'address') return null;
      const [repeated] = [...repeats(match.vips, (vip) => vip), ...repeats(match.ports, String)];
      return repeated === undefined ? null : { value: repeated.item };
    }),
    mend: mendService((service) => (service.match.kind === 'address' ? service : {
      ...service, match: { ...service.match, vips: [...new Set(service.match.vips)], ports: [...new Set(service.match.ports)] },
    })),
  },
  {
    code: 'portZeroInMark',
    severity: 'error',
    find: eachService(['match', 'ports'], ({ match }) => (match.kind === 'mark' && match.ports.includes(0) ? {} : null)),
    mend: (definition, hit) => {
      const match = definition.services[Number(hit.path[1])]?.match;
      const ports = match?.kind === 'mark' ? match.ports.filter((port) => port !== 0) : [];
      // No ports would be every port.
      if (match?.kind !== 'mark' || ports.length === 0) return null;
      return mendService((service) => ({ ...service, match: { ...match, ports } }))(definition, hit);
    },
  },
];

export const serviceRules: readonly Rule[] = [
  {
    code: 'duplicateService',
    severity: 'error',
    find: ({ services }) => repeats(services, keyOf).map(({ index, item, first }) => (
      serviceHit(index, item, ['match'], { key: keyOf(item), other: first.name }))),
  },
  {
    // A name is all that a page, an alert or a colleague on the phone says of it.
    code: 'serviceNameTwice',
    severity: 'warning',
    find: ({ services }) => repeats(services, ({ name }) => name).map(({ index, item, first }) => (
      serviceHit(index, item, ['name'], { key: keyOf(item), other: keyOf(first) }))),
  },
  {
    code: 'serviceWithoutRealServers',
    severity: 'warning',
    find: eachService(['realServers'], ({ realServers }) => (realServers.length === 0 ? {} : null)),
  },
  {
    code: 'allWeightsZero',
    severity: 'warning',
    find: eachService(['realServers'], ({ realServers }) => (
      realServers.length > 0 && realServers.every(({ weight }) => weight === 0) ? {} : null)),
  },
  ...markRules,
];
