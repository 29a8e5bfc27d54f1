// One virtual service: its rules, its real servers and who of them serves whom.
import { endpointKey, same, serviceKey } from '@weir/model';
import type {
  ActualService, Endpoint, EndpointKey, RealServerRule, RealServerSettings, RefusalReason, ServiceAddress, ServiceKey, ServiceSample, ServiceSettings,
} from '@weir/model';
import { Gate } from './admission/admission.ts';
import type { Admission } from './admission/admission.ts';
import { Assignment } from './assignment.ts';
import type { Bound } from './admission/bound.ts';
import type { Front, Rules } from './front.ts';
import { Templates } from './persistence/templates.ts';
import { ProxyRealServer } from './real-server.ts';
import type { Served } from './real-server.ts';
import type { Arrival } from './scheduling/scheduler.ts';
import { roomOf, startScheduling } from './scheduling/scheduling.ts';
import type { Scheduling } from './scheduling/scheduling.ts';
import type { SourcePorts } from './tcp/dial.ts';
import { TcpFront } from './tcp/tcp-front.ts';
import { Traffic } from './traffic.ts';
import type { ProxyTuning } from './tuning.ts';
import { UdpFront } from './udp/udp-front.ts';

/** What the services of one proxy share. */
export interface ProxyShared {
  readonly tuning: ProxyTuning;
  readonly ports: SourcePorts;
  readonly admission: Admission;
  readonly templates: Bound;
}

export class ProxyService implements Rules {
  readonly address: Rules['address'];
  readonly key: ServiceKey;
  readonly front: Front;
  readonly traffic = new Traffic();
  readonly tuning: ProxyTuning;
  readonly gate: Gate;
  readonly #realServers = new Map<EndpointKey, ProxyRealServer>();
  readonly #templates: Templates;
  #order: readonly ProxyRealServer[] = [];
  #settings: ServiceSettings;
  #scheduling: Scheduling<ProxyRealServer>;

  constructor(address: ServiceAddress, settings: ServiceSettings, { tuning, ports, admission, templates }: ProxyShared) {
    if (address.kind !== 'address') throw new TypeError('a service of the proxy has an address');
    this.address = address;
    this.key = serviceKey(address);
    this.tuning = tuning;
    this.gate = new Gate(admission);
    this.#templates = new Templates(templates, settings.persistence);
    this.#settings = settings;
    this.#scheduling = startScheduling(settings.scheduler, this.#order);
    this.front = address.protocol === 'udp' ? new UdpFront(this) : new TcpFront(this, ports);
  }

  set(settings: ServiceSettings): void {
    if (!same(settings.scheduler, this.#settings.scheduler)) this.#scheduling = startScheduling(settings.scheduler, this.#order);
    this.#templates.set(settings.persistence);
    this.#settings = settings;
  }

  get onePacket(): boolean {
    return this.#settings.onePacket;
  }

  get size(): number {
    return this.#realServers.size;
  }

  /** How many real servers it can have. */
  get room(): number {
    return Math.min(this.tuning.maxRealServersPerService, roomOf(this.#settings.scheduler));
  }

  has(endpoint: Endpoint): boolean {
    return this.#realServers.has(endpointKey(endpoint));
  }

  addRealServer(rule: RealServerRule): void {
    const realServer = new ProxyRealServer(rule);
    this.#realServers.set(realServer.key, realServer);
    this.#reorder();
  }

  setRealServer(endpoint: Endpoint, settings: RealServerSettings): void {
    this.#realServers.get(endpointKey(endpoint))?.set(settings);
    this.#reorder();
  }

  removeRealServer(endpoint: Endpoint): void {
    const realServer = this.#realServers.get(endpointKey(endpoint));
    if (realServer === undefined) return;
    this.#realServers.delete(realServer.key);
    this.#reorder();
    this.#templates.forget(realServer);
    realServer.removed();
  }

  /** A client with a template goes to its real server, at weight 0 and overloaded too (ip_vs_sched_persist with expire_quiescent_template 0). */
  assign(served: Served, arrival: Arrival, tried: ReadonlySet<ProxyRealServer>): Assignment | null {
    const template = this.#templates.of(arrival.cip);
    if (template !== null && !tried.has(template.realServer)) return new Assignment(template.realServer, served, template);
    const realServer = this.#scheduling.pick(this.#order, (one) => !one.overloaded && !tried.has(one), arrival);
    if (realServer === null) return this.#refuse('noRealServer');
    if (!this.#templates.kept) return new Assignment(realServer, served, null);
    const given = this.#templates.give(arrival.cip, realServer);
    return given === null ? this.#refuse('templatesFull') : new Assignment(realServer, served, given);
  }

  actual(): ActualService {
    return {
      address: this.address, settings: this.#settings, foreign: false,
      realServers: this.#order.map((realServer) => realServer.actual()),
    };
  }

  sample(): ServiceSample {
    return {
      key: this.key, counters: this.traffic.counters(), refused: this.gate.refused,
      realServers: this.#order.map((realServer) => realServer.sample()),
    };
  }

  close(): Promise<void> {
    this.#templates.clear();
    return this.front.close();
  }

  #refuse(reason: RefusalReason): null {
    this.gate.refuse(reason);
    return null;
  }

  #reorder(): void {
    const before = this.#order;
    this.#order = [...this.#realServers.values()];
    this.#scheduling.changed(before, this.#order);
  }
}
