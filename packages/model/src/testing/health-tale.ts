// Tales of a service's health, in lines that a network engineer can check: a service, its real servers, what is heard of them, and behind `->` what it comes to.
import type { RealServer, VirtualService } from '../definition/definition.ts';
import type { ServiceHealth } from '../definition/health/service-health.ts';
import { ServiceHealth as HealthSchema } from '../definition/health/service-health.ts';
import { Scheduler } from '../definition/scheduler.ts';
import { effective } from '../effective/effective.ts';
import type { Override } from '../effective/override.ts';
import { overridesOf } from '../health/decide/decision.ts';
import { DirectorHealth } from '../health/director-health.ts';
import type { ProbeTarget } from '../health/targets.ts';
import type { TryResult } from '../health/try.ts';
import { cluster, realServer, service } from './definitions/cluster.ts';

const DIRECTOR = 'lb-1';

function number(text: string, pattern: RegExp, otherwise: number): number {
  return Number(pattern.exec(text)?.[1] ?? otherwise);
}

/** `rise 2, fall 3, every 2 s, timeout 1 s, first down, quorum 2 hysteresis 1, below sorry, down: remove, slow start 20 s, flapping 4 in 60 s held 30 s`. */
export function healthOf(text: string): ServiceHealth {
  const flapping = /flapping (\d+) in (\d+) s held (\d+) s/.exec(text);
  const below = /below (goOn|sorry|failOpen)/.exec(text)?.[1] ?? 'goOn';
  return HealthSchema.parse({
    checks: [{
      id: 'check', probe: { type: 'tcp' }, port: null, source: null, intervalMs: number(text, /every (\d+) s/, 2) * 1_000, changingIntervalMs: null,
      timeoutMs: number(text, /timeout (\d+) s/, 1) * 1_000, rise: number(text, /rise (\d+)/, 1), fall: number(text, /fall (\d+)/, 1),
    }],
    first: text.includes('first down') ? 'down' : 'up', whenDown: text.includes('down: remove') ? 'remove' : 'weightZero', slowStartSeconds: number(text, /slow start (\d+) s/, 0),
    quorum: { up: number(text, /quorum (\d+)/, 1), hysteresis: number(text, /hysteresis (\d+)/, 0) }, belowQuorum: below,
    sorry: below === 'sorry' ? { id: 'sorry', name: 'sorry', rip: '192.168.8.99', port: 80, method: { kind: 'nat' } } : null,
    flapping: flapping === null ? null : { changes: Number(flapping[1]), withinSeconds: Number(flapping[2]), holdSeconds: Number(flapping[3]) },
  });
}

/** `a w 3 x 100`: weight and upper threshold. */
function realServerOf(line: string, place: number): RealServer {
  const [id = ''] = line.split(' ');
  return realServer(id, { rip: `192.168.8.${20 + place}`, port: 80, weight: number(line, / w (\d+)/, 1), thresholds: { upper: number(line, / x (\d+)/, 0), lower: 0 } });
}

const results: Readonly<Record<string, TryResult>> = {
  good: { kind: 'good', weightPercent: null },
  refused: { kind: 'failed', failure: 'refused', detail: null },
  'status 500': { kind: 'failed', failure: 'wrongStatus', detail: '500' },
  silent: { kind: 'failed', failure: 'timeout', detail: null },
  'not asked': { kind: 'failed', failure: 'permission', detail: null },
};

class Tale {
  readonly #service: VirtualService;
  readonly #accepted;
  readonly #health = new DirectorHealth();
  readonly #targets: readonly ProbeTarget[];
  readonly #connections = new Map<string, number>();
  #orders: Override[] = [];

  constructor(about: string, servers: readonly string[]) {
    const name = about.split(/[ ,]/)[0];
    const scheduler = Scheduler.parse(name === 'sh' || name === 'mh' ? { name, fallback: false, port: false } : { name });
    this.#service = service('web', { scheduler, realServers: servers.map(realServerOf), health: healthOf(about) });
    this.#accepted = [{ clusterId: 'c', revision: 1, definition: cluster({ services: [this.#service] }) }];
    this.#targets = this.#health.accept(DIRECTOR, this.#accepted, 0);
  }

  happen(what: string, nowMs: number): void {
    const [who = '', ...words] = what.split(' ');
    const said = words.join(' ');
    const order = /^(drain|maintenance|release) (\w+)$/.exec(what);
    if (order !== null) return this.#order(order[2] ?? '', order[1] === 'maintenance' ? 'maintenance' : 'drain', order[1] === 'release' ? null : 0, nowMs);
    const byHand = /^by hand (\d+)$/.exec(said);
    if (byHand !== null) return this.#order(who, 'manual', Number(byHand[1]), nowMs);
    for (const id of who === 'all' ? this.#service.realServers.map((one) => one.id) : who.split('+')) {
      const connections = /^has (\d+)$/.exec(said);
      if (connections === null) this.#hear(id, said, nowMs);
      else this.#connections.set(id, Number(connections[1]));
    }
  }

  #hear(id: string, said: string, nowMs: number): void {
    const target = this.#targets.find(({ users }) => users.some(({ realServerId }) => realServerId === id));
    const result = said.endsWith('%') ? { kind: 'good' as const, weightPercent: Number(said.slice(0, -1)) } : results[said];
    if (target === undefined || result === undefined) throw new Error(`nothing known of "${id} ${said}"`);
    this.#health.heard(target, { startedAtMs: Math.max(0, nowMs - (said === 'silent' ? target.timeoutMs : 0)), heardAtMs: nowMs, result });
  }

  #order(realServerId: string, cause: Override['cause'], weight: number | null, nowMs: number): void {
    this.#orders = this.#orders.filter(({ target }) => target.realServerId !== realServerId);
    if (weight === null) return;
    this.#orders.push({
      id: `${cause}-${realServerId}`, target: { clusterId: 'c', serviceId: 'web', realServerId }, cause, effect: { kind: 'weight', weight }, author: 'ada', reason: '', startsAtMs: nowMs, endsAtMs: null,
    });
  }

  comesTo(nowMs: number): string {
    this.#health.turn({ overrides: this.#orders, connectionsOf: ({ realServerId }) => this.#connections.get(realServerId) ?? null, thresholds: true, nowMs });
    const [decision] = this.#health.decisions;
    if (decision === undefined) throw new Error('nothing decided');
    const [origin] = effective({ directorId: DIRECTOR, accepted: this.#accepted, overrides: [...this.#orders, ...overridesOf(decision)], nowMs }).origins;
    const servers = origin?.realServers.map(({ defined, rule }) => {
      const code = decision.realServers.find(({ realServerId }) => realServerId === defined.id)?.rule.code ?? '';
      const upper = rule !== null && rule.settings.thresholds.upper !== defined.thresholds.upper ? ` x ${rule.settings.thresholds.upper}` : '';
      return `${defined.id} ${rule === null ? 'removed' : `w ${rule.settings.weight}${upper}`}${code === 'rose' || code === 'first' ? '' : ` ${code}`}`;
    }) ?? [];
    return `${decision.state.code}: ${[...servers, ...(origin?.sorry === null ? [] : [`sorry w ${origin?.sorry.rule?.settings.weight ?? 0}`])].join(', ')}`;
  }
}

/** The tale with what it comes to behind each moment: equal to the text where it still holds. */
export function told(text: string): string {
  const lines = text.trimEnd().split('\n');
  const about = lines.find((line) => line.startsWith('service '))?.slice('service '.length) ?? '';
  const tale = new Tale(about, lines.filter((line) => line.startsWith('  ') && !/^ +\d+ s /.test(line)).map((line) => line.trim()));
  const lived = lines.map((line) => {
    const moment = /^ +(\d+) s {2}(.*?)(?: +->.*)?$/.exec(line);
    if (moment === null) return line;
    const [, seconds = '', events = ''] = moment;
    const nowMs = Number(seconds) * 1_000;
    for (const event of events.trim().split(', ').filter((one) => one !== '' && one !== '-')) tale.happen(event, nowMs);
    return `${`${seconds.padStart(5)} s  ${events.trim()}`.padEnd(44)} -> ${tale.comesTo(nowMs)}`;
  });
  return `${lived.join('\n')}\n`;
}
