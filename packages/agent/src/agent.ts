// The daemon put together: disk, trust, forwarder, reconciler, sampler, streams, server.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { PROTOCOL_VERSION } from '@weir/protocol';
import type { Hello, KeyHash } from '@weir/protocol';
import type { Forwarder } from '@weir/forwarder';
import { addressOf } from '@weir/model';
import type { Capabilities, DriverKind } from '@weir/model';
import type { Logger } from 'pino';
import type { Daemon } from './api/daemon.ts';
import { Streams } from './api/streams.ts';
import type { Clock } from './clock.ts';
import { openDataFolder } from './disk/data-folder.ts';
import type { DataFolder } from './disk/data-folder.ts';
import { lockFolder, removeLeftovers } from './disk/folder.ts';
import { Draining } from './drain/draining.ts';
import { Drains } from './drain/drains.ts';
import { RequestFault } from './fault.ts';
import { follow } from './follow/follow.ts';
import { guarded } from './forwarder/guarded-forwarder.ts';
import { OwnServices, withOwnServices } from './forwarder/own-services.ts';
import { Health } from './health/health.ts';
import type { Probes } from './health/probes/probes.ts';
import { nextSaid } from './health/telling/said.ts';
import { History } from './history/history.ts';
import type { Host } from './host/host.ts';
import { startMetrics } from './metrics/start.ts';
import { ChangeLock } from './reconcile/change-lock.ts';
import { Confirmations } from './reconcile/confirm/confirmations.ts';
import { DriftWatch } from './reconcile/drift-watch.ts';
import { Holdings } from './reconcile/holdings.ts';
import { lifeOf } from './reconcile/settle/life.ts';
import { keysOfCluster } from './reconcile/plan/director-plan.ts';
import { Reconciler } from './reconcile/reconciler.ts';
import { Reports } from './reconcile/reports.ts';
import { Sampler } from './sampling/sampler.ts';
import { startServer } from './server.ts';
import { Enrolment } from './trust/enrolment.ts';
import { loadIdentity } from './trust/identity.ts';
import { PanelBinding } from './trust/panel-binding.ts';
import { watchBinding } from './trust/watch-binding.ts';
import { AGENT_VERSION } from './version.ts';

export interface MetricsConfig {
  readonly host: string;
  readonly port: number;
  /** Of the token that scrapers show; made where it is missing. */
  readonly tokenFile: string;
}

export interface AgentConfig {
  readonly dataFolder: string;
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  /** Null or left out: told to nobody. */
  readonly metrics?: MetricsConfig | null;
}

export interface Deadlines {
  /** For one reading of the forwarder. */
  readonly readMs: number;
  /** For the answer to whoever ordered a change, which may have tens of thousands of operations. */
  readonly applyMs: number;
}

const defaultDeadlines: Deadlines = { readMs: 5_000, applyMs: 60_000 };

export interface AgentParts {
  readonly openForwarder: (files: DataFolder) => Promise<Forwarder>;
  /** Null where the agent leaves its host alone: it neither puts on VIPs nor sets what forwarding needs. */
  readonly openHost?: (files: DataFolder, can: Capabilities) => Promise<Host | null>;
  /** What real servers are asked with. */
  readonly openProbes: () => Promise<Probes>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly deadlines?: Deadlines;
}

export interface RunningAgent {
  readonly port: number;
  readonly keyHash: KeyHash;
  readonly driver: DriverKind;
  readonly enrolled: boolean;
  /** Null where metrics are told to nobody. */
  readonly metricsPort: number | null;
  /** Ends streams, requests and the forwarder, in this order. */
  stop(): Promise<void>;
}

interface Opened {
  readonly forwarder: Forwarder;
  readonly host: Host | null;
  readonly probes: Probes;
}

interface Rooms {
  readonly forwarder: Forwarder;
  readonly binding: PanelBinding;
  readonly draining: Draining;
  readonly enrolment: Enrolment;
  readonly health: Health;
  readonly history: History;
  readonly holdings: Holdings;
  readonly reconciler: Reconciler;
  readonly reports: Reports;
  readonly sampler: Sampler;
  readonly streams: Streams;
  readonly stopping: AbortController;
  readonly bootId: string;
  readonly startedAtMs: number;
}

async function build(files: DataFolder, { forwarder: opened, host, probes }: Opened, { clock, log, deadlines = defaultDeadlines }: AgentParts): Promise<Rooms> {
  const stopping = new AbortController();
  const bootId = randomUUID();
  const binding = new PanelBinding(files.panel);
  const reports = new Reports(files);
  const holdings = await Holdings.load(files);
  const ownership = await OwnServices.load({ file: files.ownServices, held: () => new Set(holdings.held.accepted.flatMap(keysOfCluster)) });
  const forwarder = withOwnServices(opened, ownership);
  const sampler = new Sampler({ bootId, forwarder, clock, log });
  const drains = await Drains.load(files.drains);
  const life = await lifeOf(forwarder.capabilities);
  const history = await History.load({ folder: files.historyPath, forwarder, life, accepted: () => holdings.held.accepted, log });
  // People may have ordered something: health stands below that.
  const changed = (): void => {
    streams.stateChanged();
    health.soon();
  };
  const reconciler: Reconciler = new Reconciler({
    forwarder, ownership, host, clock, log, stopping: stopping.signal, lock: new ChangeLock(), watch: new DriftWatch(),
    holdings, abilities: () => health.abilities(), life, settled: files.settled, reports,
    confirmations: await Confirmations.load(files.confirmations), drains,
    answerDeadlineMs: deadlines.applyMs, changed,
  });
  const health = await Health.load({
    probes, forwarder, clock, log, random: Math.random, file: files.health,
    orders: () => holdings.held.overrides, bringAbout: reconciler.bringAbout, changed: () => streams.healthChanged(),
  });
  const streams = new Streams({
    health: (told) => nextSaid(told, { bootId, standings: health.standings, changes: health.changes, checker: health.checker, nowMs: clock.nowMs() }),
    bootId, state: () => reconciler.known, latestTick: () => sampler.latest, listen: (onTick) => sampler.listen(onTick),
  });
  const draining = new Draining({
    drains, holdings, forwarder, clock, log, listen: (onSample) => sampler.listen(onSample), changed: () => streams.stateChanged(),
    exchange: (ended, held) => reconciler.exchangeOverrides(ended, held),
  });
  const enrolment = new Enrolment({ files, binding, clock });
  holdings.watchedBy(health);
  return { forwarder, binding, draining, enrolment, health, history, holdings, reconciler, reports, sampler, streams, stopping, bootId, startedAtMs: clock.nowMs() };
}

function historyOf(history: History): Pick<Daemon, 'journal' | 'journalCommitted' | 'recent'> {
  return { journal: (input) => history.journal(input), journalCommitted: (input) => history.committed(input), recent: (input) => history.recent(input) };
}

function daemonOf({ forwarder, binding, draining, enrolment, health, history, holdings, reconciler, streams, bootId, startedAtMs }: Rooms, { clock }: AgentParts): Daemon {
  const directorId = async (): Promise<string> => {
    const panel = await binding.current();
    if (panel === null) throw new RequestFault('notEnrolled');
    return panel.directorId;
  };
  const hello = async (): Promise<Hello> => ({
    version: PROTOCOL_VERSION, agentVersion: AGENT_VERSION, hostname: hostname(), directorId: await directorId(), bootId, startedAtMs,
    capabilities: forwarder.capabilities, health: await health.abilities(),
  });
  return {
    hello,
    enrol: async (input, panelKey) => {
      await enrolment.bind(input, panelKey);
      return hello();
    },
    release: async (input) => {
      if (input.directorId !== await directorId()) throw new RequestFault('badRequest', { field: 'directorId', reason: 'another director' });
      await reconciler.whileBare(() => binding.release());
      return { releasedAtMs: clock.nowMs() };
    },
    state: () => reconciler.state(),
    actual: () => reconciler.actual(),
    plan: async (input) => reconciler.plan(await directorId(), input),
    apply: async (input) => reconciler.apply(await directorId(), input),
    applyStatus: (applyId) => reconciler.applyStatus(applyId),
    confirm: async ({ applyId }) => ({ confirmation: await reconciler.confirm(applyId) }),
    goBack: async ({ applyId }) => ({ confirmation: await reconciler.goBack(applyId) }),
    setOverride: (override) => reconciler.setOverride(override),
    endOverride: (overrideId) => reconciler.endOverride(overrideId),
    startDrain: (drain) => draining.start(drain).then(() => reconciler.state()),
    endDrain: async (drainId) => {
      await draining.end(drainId);
      return reconciler.state();
    },
    connections: ({ limit, filter = {}, groupBy, within }) => (
      forwarder.connections(limit, { filter, services: within === undefined ? null : holdings.matches(within), ...(groupBy !== undefined && { groupBy }) })),
    follow: (input) => follow(input, { forwarder, holdings }, clock.nowMs()),
    evidence: (place) => Promise.resolve(health.evidence(place)),
    inspect: () => reconciler.inspect(),
    zero: async ({ service }) => {
      await forwarder.zero(service === null ? null : addressOf(holdings.match(service)));
      return { zeroedAtMs: clock.nowMs() };
    },
    ...historyOf(history),
    events: (signal) => streams.events(signal),
  };
}

/** How long the first settlement may keep the start waiting; it goes on afterwards. */
const START_WAIT_MS = 10_000;

/** `close`: once the forwarder has ended, which counts to the last. */
async function run(files: DataFolder, config: AgentConfig, parts: AgentParts, opened: Opened): Promise<RunningAgent & { readonly close: () => Promise<void> }> {
  const { clock, log } = parts;
  const identity = await loadIdentity(files.keyPath);
  const rooms = await build(files, opened, parts);
  const { draining, forwarder, health, history, reconciler, reports, binding, sampler, stopping, streams } = rooms;
  const enrolled = await binding.current() !== null;
  const interrupted = await reports.interrupted();
  const server = await startServer({ ...config, identity, binding, daemon: daemonOf(rooms, parts), clock, log });
  const metrics = await startMetrics(config.metrics ?? null, { ...rooms, clock, log }).catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  const unlisten = sampler.listen((sample) => history.take(sample));
  const unwatch = watchBinding(binding, { clock, log, onLook: (panelKey) => server.dropOthers(panelKey) });
  let waiting: NodeJS.Timeout | undefined;
  await Promise.race([reconciler.start(interrupted), new Promise((resolve) => { waiting = setTimeout(resolve, START_WAIT_MS); })]);
  clearTimeout(waiting);
  draining.resume();
  health.start();
  return {
    port: server.port,
    keyHash: identity.keyHash,
    driver: forwarder.capabilities.driver,
    enrolled,
    metricsPort: metrics?.port ?? null,
    stop: async () => {
      stopping.abort();
      unwatch();
      health.stop();
      await Promise.all([server.stop(), metrics?.stop(), reconciler.stop(), draining.stop()]);
      streams.endAll();
      unlisten();
      sampler.stop();
      await history.stop();
    },
    close: () => history.close(),
  };
}

async function runOnForwarder(files: DataFolder, config: AgentConfig, parts: AgentParts, unlock: () => Promise<void>): Promise<RunningAgent> {
  const forwarder = guarded(await parts.openForwarder(files), (parts.deadlines ?? defaultDeadlines).readMs);
  let host: Host | null = null;
  let probes: Probes | null = null;
  try {
    host = await parts.openHost?.(files, forwarder.capabilities) ?? null;
    const opened = await parts.openProbes();
    probes = opened;
    const { close, ...agent } = await run(files, config, parts, { forwarder, host, probes: opened });
    return {
      ...agent,
      stop: async () => {
        await agent.stop();
        await opened.close();
        await host?.close();
        await forwarder.close().catch((error: unknown) => parts.log.error({ err: error }, 'the forwarder did not close'));
        await close();
        await unlock();
      },
    };
  } catch (error) {
    await probes?.close();
    await host?.close();
    await forwarder.close();
    throw error;
  }
}

/** Starts an agent on a data folder of its own. Whatever fails leaves nothing running. */
export async function startAgent(config: AgentConfig, parts: AgentParts): Promise<RunningAgent> {
  const files = await openDataFolder(config.dataFolder);
  const unlock = await lockFolder(files.path);
  try {
    await removeLeftovers(files.path);
    await removeLeftovers(files.reportsPath);
    return await runOnForwarder(files, config, parts, unlock);
  } catch (error) {
    await unlock();
    throw error;
  }
}
