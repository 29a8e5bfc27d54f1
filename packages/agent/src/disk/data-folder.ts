// What the agent keeps on its disk: one schema per file.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ClusterDefinition, DRAINS_MAX, DrainState, Id, InterfaceName, IpAddress, line, Override, ServiceRule, SettingName } from '@weir/model';
import { AcceptedRevision, CONFIRM_WITHIN_MAX_MS, Confirmation, KeyHash } from '@weir/protocol';
import { z } from 'zod';
import { HealthFile } from '../health/holding/health-file.ts';
import { openFolder } from './folder.ts';
import { storedFile } from './whole-file.ts';
import type { StoredFile } from './whole-file.ts';

const format = z.literal(1);
const timeMs = z.int().min(0);

/** The panel this agent is bound to, and the id that this director has in it. */
export const BoundPanel = z.strictObject({
  format, keyHash: KeyHash, panelName: z.string().min(1).max(200), directorId: Id, boundAtMs: timeMs,
});
export type BoundPanel = z.infer<typeof BoundPanel>;

/** The enrolment that a person opened on this host. Only a hash of the secret is kept. */
export const EnrolmentWindow = z.strictObject({
  format, windowId: Id, secretHash: z.string().regex(/^[0-9a-f]{64}$/), expiresAtMs: timeMs,
});
export type EnrolmentWindow = z.infer<typeof EnrolmentWindow>;

/** Written by the daemon alone, as the window is by the command: neither can undo what the other wrote. */
export const EnrolmentTries = z.strictObject({ format, windowId: Id, left: z.int().min(0) });
export type EnrolmentTries = z.infer<typeof EnrolmentTries>;

/** A cluster as this director holds it. `directorId` is the name that the definition has for it. */
export const HeldCluster = AcceptedRevision.extend({ directorId: Id, definition: ClusterDefinition });
export type HeldCluster = z.infer<typeof HeldCluster>;

const AcceptedFile = z.strictObject({ format, clusters: z.array(HeldCluster).max(1_000) });
const OverridesFile = z.strictObject({ format, overrides: z.array(Override).max(10_000) });

/** A drain as it is kept; its estimate is as old as a reading and is not. */
export const HeldDrain = DrainState.omit({ estimate: true });
export type HeldDrain = z.infer<typeof HeldDrain>;

const DrainsFile = z.strictObject({ format, drains: z.array(HeldDrain).max(DRAINS_MAX) });

/** An apply that has begun. Found at start, it means that the agent ended in the middle of it. */
export const ApplyMarker = z.strictObject({
  format, applyId: Id, clusterId: Id, revision: z.int().min(1), startedAtMs: timeMs,
  /**
   * What is accepted next, by when it is (null: the cluster goes): where that is not held the change was never begun. Null where nothing is
   * to be told from what is held: when it is being rolled back, and by the first agents.
   */
  accepting: z.strictObject({ acceptedAtMs: timeMs.nullable() }).nullable().default(null),
});
export type ApplyMarker = z.infer<typeof ApplyMarker>;

/** A change that nobody has confirmed yet: all that it takes to go back from it without a panel. Written before anything is touched. */
export const WaitingChange = z.strictObject({
  applyId: Id, clusterId: Id, revision: z.int().min(1),
  /** What was accepted before, and what the change accepts; null where the cluster is not here. */
  base: HeldCluster.nullable(), applied: HeldCluster.nullable(),
  /** Services of others that it takes over, as they were. */
  found: z.array(ServiceRule).max(10_000).default([]),
  withinMs: z.int().min(1).max(CONFIRM_WITHIN_MAX_MS), deadlineMs: timeMs,
  goingBack: z.strictObject({ why: z.enum(['notConfirmed', 'ordered']), sinceMs: timeMs }).nullable(),
});
export type WaitingChange = z.infer<typeof WaitingChange>;

const ConfirmationsFile = z.strictObject({
  format,
  waiting: z.array(WaitingChange).max(1_000),
  ended: z.array(z.strictObject({ applyId: Id, confirmation: Confirmation })).max(20),
});
export type ConfirmationsFile = z.infer<typeof ConfirmationsFile>;

export const MOST_VIPS = 10_000;

/** What the agent changed on its host: written before the change, so that it is known whose an address or a value is. */
export const HostFile = z.strictObject({
  format,
  /** The life of the kernel in which it was changed. The first agents did not write it. */
  life: line(200).nullable().default(null),
  /** `announced`: its link was told of it since. */
  vips: z.array(z.strictObject({ address: IpAddress, interface: InterfaceName, announced: z.boolean().default(false) })).max(MOST_VIPS),
  /** `before` is what it was when Weir first changed it, `set` what Weir made of it. */
  settings: z.array(z.strictObject({ name: SettingName, before: line(64), set: line(64) })).max(20_000),
});
export type HostFile = z.infer<typeof HostFile>;

/** The life of the forwarder in which all that is held was last brought about. */
const SettledFile = z.strictObject({ format, life: line(200) });

/** What forwards here, since it was first chosen. */
const DriverFile = z.strictObject({ format, driver: z.enum(['ipvs', 'proxy']) });

/** What Weir added to a forwarder that outlives its agent: at most the services of all clusters that may be held. */
const OwnServicesFile = z.strictObject({ format, services: z.array(line(200)).max(10_000_000) });

export interface DataFolder {
  readonly path: string;
  readonly keyPath: string;
  readonly reportsPath: string;
  readonly historyPath: string;
  readonly panel: StoredFile<BoundPanel>;
  readonly window: StoredFile<EnrolmentWindow>;
  readonly tries: StoredFile<EnrolmentTries>;
  readonly accepted: StoredFile<z.infer<typeof AcceptedFile>>;
  readonly overrides: StoredFile<z.infer<typeof OverridesFile>>;
  readonly drains: StoredFile<z.infer<typeof DrainsFile>>;
  readonly marker: StoredFile<ApplyMarker>;
  readonly confirmations: StoredFile<ConfirmationsFile>;
  readonly host: StoredFile<HostFile>;
  readonly settled: StoredFile<z.infer<typeof SettledFile>>;
  readonly driver: StoredFile<z.infer<typeof DriverFile>>;
  readonly ownServices: StoredFile<z.infer<typeof OwnServicesFile>>;
  readonly health: StoredFile<HealthFile>;
}

export async function openDataFolder(path: string): Promise<DataFolder> {
  await openFolder(path);
  const reportsPath = join(path, 'applies');
  await mkdir(reportsPath, { recursive: true, mode: 0o700 });
  return {
    path,
    reportsPath,
    historyPath: join(path, 'history'),
    keyPath: join(path, 'key.pem'),
    panel: storedFile(join(path, 'panel.json'), BoundPanel),
    window: storedFile(join(path, 'enrolment.json'), EnrolmentWindow),
    tries: storedFile(join(path, 'enrolment-tries.json'), EnrolmentTries),
    accepted: storedFile(join(path, 'accepted.json'), AcceptedFile),
    overrides: storedFile(join(path, 'overrides.json'), OverridesFile),
    drains: storedFile(join(path, 'drains.json'), DrainsFile),
    marker: storedFile(join(path, 'applying.json'), ApplyMarker),
    confirmations: storedFile(join(path, 'confirmations.json'), ConfirmationsFile),
    host: storedFile(join(path, 'host.json'), HostFile),
    settled: storedFile(join(path, 'settled.json'), SettledFile),
    driver: storedFile(join(path, 'driver.json'), DriverFile),
    ownServices: storedFile(join(path, 'own-services.json'), OwnServicesFile),
    health: storedFile(join(path, 'health.json'), HealthFile),
  };
}
