// Health in the agent: asks what its definitions say, decides, and has it brought about; from its own disk, whether a panel is there or not.
import { DirectorHealth, overridesOf } from '@weir/model';
import type { HealthPlace, Override, ProbeTarget, ServiceDecision, Try } from '@weir/model';
import type { CheckerState, EvidenceInput, HealthAbilities, HealthEvidence } from '@weir/protocol';
import type { Forwarder } from '@weir/forwarder';
import type { Logger } from 'pino';
import type { Cancel, Clock } from '../clock.ts';
import type { HeldCluster } from '../disk/data-folder.ts';
import type { StoredFile } from '../disk/whole-file.ts';
import { Alarm } from './asking/alarm.ts';
import { Evidence } from './asking/evidence.ts';
import { Scheduler } from './asking/scheduler.ts';
import { Bringing } from './bringing.ts';
import type { BringAbout } from './bringing.ts';
import { readConnections } from './connections.ts';
import type { ConnectionsOf } from './connections.ts';
import { evidenceOn } from './evidence-on.ts';
import { ownView, OWN_ID } from './own-view.ts';
import { beforeFrom } from './holding/health-file.ts';
import type { HealthFile } from './holding/health-file.ts';
import { previewed } from './preview.ts';
import type { Probes } from './probes/probes.ts';
import { changesBetween, HealthChanges } from './telling/changes.ts';
import { Standings, standingOf } from './telling/standings.ts';

export interface HealthParts {
  readonly probes: Probes;
  readonly forwarder: Pick<Forwarder, 'capabilities' | 'sample'>;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
  readonly log: Logger;
  readonly file: StoredFile<HealthFile>;
  /** Of people, as held now. */
  readonly orders: () => readonly Override[];
  readonly bringAbout: BringAbout;
  /** Tells whoever follows that something of health is otherwise. */
  readonly changed: () => void;
}

/** Sockets and timers cost little; beyond so many at once the director's own ports run short. */
const MOST_AT_ONCE = 2_000;
/** What is heard within so long is decided on together. */
const TURN_MS = 50;
/** Deciding may use a tenth of one core, but nothing waits for long because a turn before it was held up. */
const TURN_REST = 10;
const TURN_REST_MAX_MS = 500;
const ALARM_MS = 1_000;
/** Connections are counted for the whole director: no more often than that, nor for more than a tenth of the time. */
const CONNECTIONS_MS = 1_000;

export class Health {
  readonly #parts: HealthParts;
  readonly #engine = new DirectorHealth();
  readonly #evidence = new Evidence();
  readonly #standings = new Standings();
  readonly #changes = new HealthChanges();
  readonly #scheduler: Scheduler<ProbeTarget>;
  readonly #bringing: Bringing;
  readonly #alarm: Alarm;
  #before: ReturnType<typeof beforeFrom>;
  #accepted: readonly HeldCluster[] = [];
  /** By their key. */
  #targets: ReadonlyMap<string, ProbeTarget> = new Map();
  /** Of each check of a real server, what is asked. */
  #keys = new Map<string, string>();
  #byService = new Map<string, readonly Override[]>();
  #overrides: readonly Override[] = [];
  #connectionsOf: ConnectionsOf = () => null;
  #connectionsDueMs = 0;
  #cancelTurn: Cancel | null = null;
  #cancelNext: Cancel | null = null;
  #restMs = TURN_MS;
  #running = false;

  private constructor(parts: HealthParts, file: HealthFile | null) {
    const { clock, random, log } = parts;
    this.#parts = parts;
    this.#before = beforeFrom(file);
    this.#scheduler = new Scheduler({
      clock, random, mostAtOnce: MOST_AT_ONCE, ask: (target) => this.#ask(target),
      isChanging: (target) => this.#engine.isChanging(target),
    });
    this.#bringing = new Bringing({
      clock, log, file: parts.file, bringAbout: parts.bringAbout, wanted: () => this.#overrides, decisions: () => this.#engine.decisions,
    }, file?.changing ?? []);
    this.#alarm = new Alarm({ clock, lateness: () => this.#scheduler.lateness, intervalMs: ALARM_MS, changed: parts.changed });
  }

  static async load(parts: HealthParts): Promise<Health> {
    return new Health(parts, await parts.file.read());
  }

  /** What the director accepted; gives what its health asks to be changed of that. */
  accept(accepted: readonly HeldCluster[]): readonly Override[] {
    const { clock } = this.#parts;
    this.#accepted = accepted;
    const targets = this.#engine.accept(OWN_ID, ownView(accepted), clock.nowMs(), this.#before);
    this.#targets = new Map(targets.map((target) => [target.key, target]));
    // Later what comes back anew begins as its service says.
    if (this.#running) this.#before = () => null;
    this.#keys = new Map(targets.flatMap(({ key, users }) => users.map((user): [string, string] => [checkKey(user, user.checkId), key])));
    this.#evidence.keepOnly(new Set(this.#targets.keys()));
    this.#turn();
    const services = this.#engine.decisions.map(({ clusterId, serviceId }) => ({ clusterId, serviceId }));
    const watched = new Set(services.map(serviceKeyOf));
    for (const key of this.#byService.keys()) if (!watched.has(key)) this.#byService.delete(key);
    this.#standings.keepOnly(services);
    this.#gather();
    if (this.#running) {
      this.#scheduler.set(targets);
      this.#bringing.begin();
      this.#parts.changed();
    }
    return this.#overrides;
  }

  /** What health would ask for, were this accepted at that time. */
  preview(accepted: readonly HeldCluster[], nowMs: number): readonly Override[] {
    const { forwarder, orders } = this.#parts;
    return previewed({
      accepted, held: this.#accepted, engine: this.#engine, orders: orders(), connectionsOf: this.#connectionsOf,
      thresholds: forwarder.capabilities.thresholds, nowMs,
    });
  }

  /** Asks from now on. */
  start(): void {
    this.#running = true;
    this.#before = () => null;
    this.#scheduler.set([...this.#targets.values()]);
    this.#alarm.start();
    this.#bringing.begin();
    this.soon();
  }

  stop(): void {
    this.#running = false;
    this.#scheduler.stop();
    this.#alarm.stop();
    this.#bringing.stop();
    this.#cancelTurn?.();
    this.#cancelNext?.();
  }

  /** Something was heard, or people ordered something. */
  soon(): void {
    if (!this.#running || this.#cancelTurn !== null) return;
    this.#cancelTurn = this.#parts.clock.after(this.#restMs, () => void this.#pass());
  }

  async abilities(): Promise<HealthAbilities> {
    const { probes } = this.#parts;
    return { probes: [...probes.supported], scripts: [...await probes.scripts()].slice(0, 1_000) };
  }

  get checker(): CheckerState {
    const { held } = this.#engine.brake;
    const sinceMs = [...held.values()].reduce((first, braked) => Math.min(first, braked.sinceMs), Number.POSITIVE_INFINITY);
    return { targets: this.#targets.size, late: this.#alarm.late, braked: held.size === 0 ? null : { hosts: held.size, sinceMs } };
  }

  get standings(): Standings {
    return this.#standings;
  }

  get changes(): HealthChanges {
    return this.#changes;
  }

  evidence(place: EvidenceInput): HealthEvidence {
    const { clock } = this.#parts;
    return evidenceOn(place, {
      standing: this.#standings.get(place), verdict: this.#engine.verdictOn(place), checker: this.checker, readAtMs: clock.nowMs(),
      triesOf: (checkId) => {
        const key = this.#keys.get(checkKey(place, checkId));
        return key === undefined ? null : this.#evidence.of(key);
      },
    });
  }

  async #ask(target: ProbeTarget): Promise<void> {
    const { probes, clock, log } = this.#parts;
    const [startedAtMs, begunMs] = [clock.nowMs(), clock.elapsedMs()];
    try {
      const answer = await probes.run(target.probe, target, target.timeoutMs);
      // What was asked meanwhile may be asked no more, or by others: those who ask now are told.
      const asked = this.#targets.get(target.key);
      if (!this.#running || asked === undefined) return;
      this.#evidence.add(target.key, { ...answer, startedAtMs, tookMs: clock.elapsedMs() - begunMs });
      this.#engine.heard(asked, { startedAtMs, heardAtMs: clock.nowMs(), result: answer.result });
      this.soon();
    } catch (error) {
      log.error({ err: error, rip: target.rip, probe: target.probe.type }, 'a try failed for a reason of the agent');
    }
  }

  async #pass(): Promise<void> {
    const { clock } = this.#parts;
    if (this.#needsConnections() && clock.elapsedMs() >= this.#connectionsDueMs) await this.#readConnections();
    this.#cancelTurn = null;
    if (!this.#running) return;
    const begunMs = clock.elapsedMs();
    if (this.#turn()) this.#gather();
    this.#restMs = Math.min(Math.max(TURN_MS, (clock.elapsedMs() - begunMs) * TURN_REST), TURN_REST_MAX_MS);
    this.#bringing.begin();
    this.#armNext();
  }

  async #readConnections(): Promise<void> {
    const { clock, forwarder, log } = this.#parts;
    const begunMs = clock.elapsedMs();
    this.#connectionsOf = await readConnections(forwarder, this.#accepted).catch((error: unknown) => {
      log.warn({ err: error }, 'connections were not read; a slow start goes by weight alone');
      return () => null;
    });
    const nowMs = clock.elapsedMs();
    this.#connectionsDueMs = nowMs + Math.max(CONNECTIONS_MS, (nowMs - begunMs) * TURN_REST);
  }

  /** Only a slow start asks for them, and only while somebody is out or coming back. */
  #needsConnections(): boolean {
    const starts = this.#accepted.some(({ definition }) => definition.services.some(({ health }) => (health?.slowStartSeconds ?? 0) > 0));
    return starts && this.#engine.decisions.some(({ state, ramps }) => state.code !== 'allUp' || ramps.size > 0);
  }

  #armNext(): void {
    const { clock } = this.#parts;
    this.#cancelNext?.();
    const { nextMs } = this.#engine;
    this.#cancelNext = nextMs === null ? null : clock.at(nextMs, () => this.soon());
  }

  /** Says whether what is asked for is otherwise. */
  #turn(): boolean {
    const { clock, forwarder, orders, changed } = this.#parts;
    const nowMs = clock.nowMs();
    const decided = this.#engine.turn({ overrides: orders(), connectionsOf: this.#connectionsOf, thresholds: forwarder.capabilities.thresholds, nowMs });
    const moved = decided.filter((decision) => this.#take(decision));
    const told = decided.filter((decision) => this.#tell(decision, nowMs));
    if (told.length > 0) changed();
    return moved.length > 0;
  }

  #take(decision: ServiceDecision): boolean {
    const key = serviceKeyOf(decision);
    const [before, now] = [this.#byService.get(key) ?? [], overridesOf(decision)];
    if (before.length === now.length && before.every((override, i) => override === now[i])) return false;
    this.#byService.set(key, now);
    return true;
  }

  #tell(decision: ServiceDecision, nowMs: number): boolean {
    const before = this.#standings.get(decision);
    const now = standingOf(decision, this.#engine);
    if (!this.#standings.put(now)) return false;
    if (before !== null) this.#changes.add(now, changesBetween(before, now, (place, checkId) => this.#lastTry(place, checkId)), nowMs);
    return true;
  }

  #lastTry(place: HealthPlace, checkId: string | null): Try | null {
    const key = checkId === null ? undefined : this.#keys.get(checkKey(place, checkId));
    const last = key === undefined ? null : this.#evidence.last(key);
    return last === null || checkId === null ? null : { checkId, ...last };
  }

  #gather(): void {
    this.#overrides = [...this.#byService.values()].flat();
  }
}

function serviceKeyOf({ clusterId, serviceId }: { readonly clusterId: string; readonly serviceId: string }): string {
  return `${clusterId}/${serviceId}`;
}

function checkKey(place: HealthPlace, checkId: string): string {
  return `${serviceKeyOf(place)}/${place.realServerId}/${checkId}`;
}
