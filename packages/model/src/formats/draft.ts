// The definition that an import builds up: unique services with unique real servers, within what a definition may hold.
import type { IpAddress } from '../definition/address.ts';
import { formatEndpoint } from '../definition/address.ts';
import { DEFINITION_SCHEMA, vipsOf } from '../definition/definition.ts';
import type { ClusterDefinition, RealServer, ServiceMatch, VirtualService } from '../definition/definition.ts';
import { addressOf, endpointKey, serviceKey } from '../table/table.ts';
import { REAL_SERVERS_MAX } from './bounds.ts';
import type { NamelessRealServer } from './words/real-server-settings.ts';
import type { Place, Report } from './report.ts';
import type { Settings } from './words/service-settings.ts';

const SERVICES_MAX = 10_000;
const REAL_SERVERS_OF_ONE_MAX = 10_000;
const VIPS_MAX = 4_096;

export interface DraftService {
  readonly service: VirtualService;
  readonly realServers: Map<string, Place>;
}

export function nameOfMatch(match: ServiceMatch): string {
  return match.kind === 'mark' ? `mark ${match.mark}` : formatEndpoint(match.vip, match.port);
}

export class Draft {
  readonly #report: Report;
  readonly #services = new Map<string, { readonly at: Place; readonly draft: DraftService }>();
  readonly #vips = new Set<IpAddress>();
  #realServers = 0;

  constructor(report: Report) {
    this.#report = report;
  }

  find(match: ServiceMatch): DraftService | null {
    return this.#services.get(serviceKey(addressOf(match)))?.draft ?? null;
  }

  /** Null where it was left out; the report says why. */
  addService(at: Place, match: ServiceMatch, settings: Settings, name = nameOfMatch(match)): DraftService | null {
    const key = serviceKey(addressOf(match));
    const first = this.#services.get(key);
    if (first !== undefined) {
      this.#report.leftOut(at, 'repeatedService', { key, ...this.#where(first.at) });
      return null;
    }
    if (this.#services.size >= SERVICES_MAX) this.#report.leftOut(at, 'tooManyServices', { most: SERVICES_MAX });
    if (this.#services.size >= SERVICES_MAX || !this.#takeVips(at, vipsOf(match))) return null;
    if (match.kind === 'mark' && match.vips.length === 0) this.#report.approximated(at, 'markNeedsMatch', { mark: match.mark });
    const draft = {
      service: { id: `s${this.#services.size + 1}`, name, match, ...settings, realServers: [] }, realServers: new Map<string, Place>(),
    };
    this.#services.set(key, { at, draft });
    return draft;
  }

  addRealServer(at: Place, draft: DraftService, nameless: NamelessRealServer, name: string = nameless.rip): void {
    const { service, realServers } = draft;
    const key = endpointKey(nameless);
    const first = realServers.get(key);
    if (first !== undefined) return this.#report.leftOut(at, 'repeatedRealServer', { key, ...this.#where(first) });
    if (this.isFull(draft)) return this.leaveOutRest(at);
    realServers.set(key, at);
    this.#realServers += 1;
    const { rip, port, weight, method, thresholds } = nameless;
    const realServer: RealServer = { id: `${service.id}-r${service.realServers.length + 1}`, name, rip, port, weight, method, thresholds };
    service.realServers.push(realServer);
    return undefined;
  }

  /** No real server can come to it any more. */
  isFull({ service }: DraftService): boolean {
    return service.realServers.length >= REAL_SERVERS_OF_ONE_MAX || this.#realServers >= REAL_SERVERS_MAX;
  }

  leaveOutRest(at: Place): void {
    this.#report.leftOut(at, 'tooManyRealServers', { most: REAL_SERVERS_OF_ONE_MAX, mostOfAll: REAL_SERVERS_MAX });
  }

  /** Without name and directors: a person says both. */
  definition(): ClusterDefinition {
    return {
      schema: DEFINITION_SCHEMA, name: '', directors: [],
      vips: [...this.#vips].map((address) => ({ address, holder: null })),
      services: [...this.#services.values()].map(({ draft }) => draft.service),
    };
  }

  #where(at: Place): { file: string; line: number } {
    return { file: this.#report.nameOf(at.file), line: at.line + 1 };
  }

  #takeVips(at: Place, vips: readonly IpAddress[]): boolean {
    const come = vips.filter((vip) => !this.#vips.has(vip));
    if (this.#vips.size + come.length > VIPS_MAX) {
      this.#report.leftOut(at, 'tooManyVips', { most: VIPS_MAX });
      return false;
    }
    for (const vip of come) this.#vips.add(vip);
    return true;
  }
}
