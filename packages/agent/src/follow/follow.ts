// Follows one client: its connections and its templates from one reading of the table, and of each service where a new connection would go.
import { addressOf, endpointKey, familyOf, familyOfService, FOLLOW_HELD_MAX, FOLLOW_SERVICES_MAX, isChosen, networkAddress, serviceKey, serviceTaking, takesEveryPort, templatePort } from '@weir/model';
import type { Connection, ConnectionList, Endpoint, Followed, FollowedService, Persistence, ServiceMatch, VirtualService } from '@weir/model';
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

interface Looked {
  readonly defined: VirtualService;
  readonly persistence: Persistence | null;
}

interface Found {
  readonly own: ConnectionList;
  readonly templates: readonly Connection[];
  /** Whether all of them are listed; null: none is. */
  readonly whole: boolean | null;
  readonly matches: readonly ServiceMatch[];
}

/** The forwarder goes by its own settings, whatever is defined. */
async function lookedAt(services: readonly VirtualService[], forwarder: FollowGround['forwarder']): Promise<Looked[]> {
  const looked: Looked[] = [];
  for (const defined of services) looked.push({ defined, persistence: (await forwarder.service(addressOf(defined.match)))?.settings.persistence ?? null });
  return looked;
}

/** Equal clients of a persistent service stand in its table as their network's first address (ip_vs_core.c, ip_vs_sched_persist: `snet`). */
function namesOf(client: string, looked: readonly Looked[]): readonly string[] {
  const networks = looked.flatMap(({ persistence }) => (persistence === null ? [] : [networkAddress(client, persistence.prefixLength)]));
  return [...new Set([client, ...networks])];
}

async function find({ client }: FollowInput, looked: readonly Looked[], matches: readonly ServiceMatch[], forwarder: FollowGround['forwarder']): Promise<Found | null> {
  // Asked for at once, they are answered from one reading.
  const lists = await Promise.all(namesOf(client, looked).map((name) => forwarder.connections(ENTRIES, { filter: { client: name }, services: matches, groupBy: 'service' })));
  const [own] = lists;
  if (own === undefined) return null;
  const templates = lists.map(({ entries }) => entries.filter(({ template }) => template));
  const whole = own.templates === null ? null : lists.every((list, at) => list.sample === null && list.templates === templates[at]?.length);
  return { own, templates: templates.flat(), whole, matches };
}

/** A service of every port, or of a mark, has no part in the templates of the services beside it. */
function isOf(template: Connection, match: ServiceMatch): boolean {
  return match.kind === 'mark' ? template.mark === match.mark : template.virtualPort === templatePort(match.port);
}

function templateOf({ match }: VirtualService, { prefixLength }: Persistence, client: string, templates: readonly Connection[]): FollowedService['template'] {
  const name = networkAddress(client, prefixLength);
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

async function followed({ defined, persistence }: Looked, { client, clientPort }: FollowInput, { own, templates, whole, matches }: Found, forwarder: FollowGround['forwarder']): Promise<FollowedService> {
  const { id: serviceId, match, realServers } = defined;
  const key = serviceKey(addressOf(match));
  const connections = own.entries.filter((one) => !one.template && serviceTaking(one, matches) === match);
  const template = persistence === null ? null : templateOf(defined, persistence, client, templates);
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

/** Beside a service of every port stand those whose connections are not its own. */
function matchesOf(asked: readonly VirtualService[], ofFamily: readonly VirtualService[]): readonly ServiceMatch[] {
  return (asked.some(({ match }) => takesEveryPort(match)) ? ofFamily : asked).map(({ match }) => match);
}

export async function follow(input: FollowInput, { forwarder, holdings }: FollowGround, nowMs: number): Promise<Followed> {
  const { clusterId, serviceId, client } = input;
  const ofFamily = (holdings.cluster(clusterId)?.definition.services ?? []).filter(({ match }) => familyOfService(addressOf(match)) === familyOf(client));
  const all = ofFamily.filter((service) => serviceId === undefined || service.id === serviceId);
  const services = all.slice(0, FOLLOW_SERVICES_MAX);
  const looked = await lookedAt(services, forwarder);
  const found = services.length === 0 ? null : await find(input, looked, matchesOf(services, ofFamily), forwarder);
  const told: FollowedService[] = [];
  if (found !== null) for (const one of looked) told.push(await followed(one, input, found, forwarder));
  return { services: told, leftOut: all.length - services.length, sample: found?.own.sample ?? null, measuredAtMs: found?.own.measuredAtMs ?? nowMs };
}
