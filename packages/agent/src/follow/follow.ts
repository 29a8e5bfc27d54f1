// Follows one client: its connections and its templates from one reading of the table, and of each service where a new connection would go.
import { addressOf, endpointKey, familyOf, familyOfService, FOLLOW_HELD_MAX, FOLLOW_SERVICES_MAX, isChosen, networkAddress, serviceKey, templatePort } from '@weir/model';
import type { Connection, ConnectionList, Endpoint, Followed, FollowedService, ServiceMatch, VirtualService } from '@weir/model';
import type { Forwarder } from '@weir/forwarder';
import type { FollowInput } from '@weir/protocol';
import type { Holdings } from '../reconcile/holdings.ts';
import { nextOf } from './next.ts';

/** Of the client, and of the networks in whose name it is remembered. */
const ENTRIES = 2_000;

export interface FollowGround {
  readonly forwarder: Pick<Forwarder, 'connections' | 'service'>;
  readonly holdings: Pick<Holdings, 'cluster'>;
}

interface Found {
  readonly own: ConnectionList;
  readonly templates: readonly Connection[];
  /** Whether all of them are listed; null: none is. */
  readonly whole: boolean | null;
}

/** Equal clients of a persistent service stand in its table as their network's first address (ip_vs_core.c, ip_vs_sched_persist: `snet`). */
function namesOf(client: string, services: readonly VirtualService[]): readonly string[] {
  const networks = services.flatMap(({ persistence }) => (persistence === null ? [] : [networkAddress(client, persistence.prefixLength)]));
  return [...new Set([client, ...networks])];
}

async function find({ client }: FollowInput, services: readonly VirtualService[], forwarder: FollowGround['forwarder']): Promise<Found | null> {
  const matches = services.map(({ match }) => match);
  // Asked for at once, they are answered from one reading.
  const lists = await Promise.all(namesOf(client, services).map((name) => forwarder.connections(ENTRIES, { filter: { client: name }, services: matches, groupBy: 'service' })));
  const [own] = lists;
  if (own === undefined) return null;
  const templates = lists.map(({ entries }) => entries.filter(({ template }) => template));
  const whole = own.templates === null ? null : lists.every((list, at) => list.sample === null && list.templates === templates[at]?.length);
  return { own, templates: templates.flat(), whole };
}

/** A service of every port, or of a mark, has no part in the templates of the services beside it. */
function isOf(template: Connection, match: ServiceMatch): boolean {
  return match.kind === 'mark' ? template.mark === match.mark : template.virtualPort === templatePort(match.port);
}

function templateOf({ match, persistence }: VirtualService, client: string, templates: readonly Connection[]): FollowedService['template'] {
  if (persistence === null) return null;
  const name = networkAddress(client, persistence.prefixLength);
  const template = templates.find((one) => one.cip === name && isOf(one, match) && isChosen(one, { filter: {}, services: [match] }));
  return template === undefined ? null : { endpoint: { rip: template.rip, port: template.realPort }, expiresInMs: template.expiresInMs };
}

function heldIn(connections: readonly Connection[]): FollowedService['held'] {
  const held = new Map<string, FollowedService['held'][number]>();
  for (const { rip, realPort: port } of connections) {
    const key = endpointKey({ rip, port });
    held.set(key, { endpoint: { rip, port }, connections: (held.get(key)?.connections ?? 0) + 1 });
  }
  return [...held.values()].toSorted((a, b) => b.connections - a.connections).slice(0, FOLLOW_HELD_MAX);
}

async function followed(service: VirtualService, { client, clientPort }: FollowInput, { own, templates, whole }: Found, forwarder: FollowGround['forwarder']): Promise<FollowedService> {
  const { id: serviceId, match, realServers } = service;
  const key = serviceKey(addressOf(match));
  const connections = own.entries.filter((one) => !one.template && isChosen(one, { filter: {}, services: [match] }));
  const template = templateOf(service, client, templates);
  const actual = await forwarder.service(addressOf(match));
  const weights = new Map(realServers.map((realServer) => [endpointKey(realServer), realServer.weight]));
  return {
    serviceId, template, held: heldIn(connections),
    total: own.groups?.groups.find((group) => group.key === key)?.count ?? connections.length,
    next: actual === null ? null : nextOf({
      service: actual, match, client, clientPort, template,
      templates: whole === null ? 'unseen' : whole ? 'all' : 'sampled',
      definedWeight: (endpoint: Endpoint) => weights.get(endpointKey(endpoint)) ?? 0,
    }),
  };
}

export async function follow(input: FollowInput, { forwarder, holdings }: FollowGround, nowMs: number): Promise<Followed> {
  const { clusterId, serviceId, client } = input;
  const all = (holdings.cluster(clusterId)?.definition.services ?? []).filter((service) => (
    (serviceId === undefined || service.id === serviceId) && familyOfService(addressOf(service.match)) === familyOf(client)));
  const services = all.slice(0, FOLLOW_SERVICES_MAX);
  const found = services.length === 0 ? null : await find(input, services, forwarder);
  const told: FollowedService[] = [];
  if (found !== null) for (const service of services) told.push(await followed(service, input, found, forwarder));
  return { services: told, leftOut: all.length - services.length, sample: found?.own.sample ?? null, measuredAtMs: found?.own.measuredAtMs ?? nowMs };
}
