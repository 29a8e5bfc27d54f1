// The parts that direct clusters, started in the order in which they need each other: gateway, clusters, changes, live data, sample load.
import { hostname } from 'node:os';
import { Alerts } from './alerts/alerts.ts';
import type { Pool } from 'pg';
import type { Sessions } from './auth/sessions.ts';
import { Changes } from './changes/changes.ts';
import { Clusters } from './clusters/clusters.ts';
import { tutorials } from './clusters/tutorial.ts';
import type { Tutorial } from './clusters/tutorial.ts';
import { Connections } from './connections/connections.ts';
import type { DataFolder } from './data-folder.ts';
import type { Database } from './db/database.ts';
import { Directors } from './directors/directors.ts';
import { Drains } from './drains/drains.ts';
import { Drift } from './drift/drift.ts';
import type { PanelConfig } from './env.ts';
import { Events } from './events/events.ts';
import { servedCertificate, Watch } from './events/watch/watch.ts';
import { Forgetting } from './forgetting/forgetting.ts';
import { enrolFromFile } from './gateway/code-file.ts';
import { Gateway } from './gateway/gateway.ts';
import type { GatewayOptions } from './gateway/gateway.ts';
import { openPanelKey } from './gateway/panel-key.ts';
import { Health } from './health/health.ts';
import { History } from './history/history.ts';
import type { HistoryParts } from './history/history.ts';
import { Live } from './live/live.ts';
import type { Logger } from './logger.ts';
import { Overrides } from './overrides/overrides.ts';
import { SampleLoad } from './lab/sample-load.ts';

export interface ControlPlane {
  readonly alerts: Alerts;
  readonly gateway: Gateway;
  readonly clusters: Clusters;
  readonly tutorial: Tutorial;
  readonly changes: Changes;
  readonly connections: Connections;
  readonly overrides: Overrides;
  readonly forgetting: Forgetting;
  readonly directors: Directors;
  readonly drains: Drains;
  readonly drift: Drift;
  readonly events: Events;
  readonly health: Health;
  readonly history: History;
  readonly live: Live;
  readonly sampleLoad: SampleLoad;
}

export interface ControlPlaneOptions extends Pick<GatewayOptions, 'deadlines' | 'bounds' | 'retry'> {
  readonly db: Database;
  readonly pool: Pool;
  readonly folder: DataFolder;
  readonly sessions: Pick<Sessions, 'onEnded'>;
  readonly config: Pick<PanelConfig, 'enrolCodeFile' | 'tutorial' | 'labSocket'>;
  readonly logger: Logger;
  /** A clock that is not the host's, and how often journals are asked for. */
  readonly historyPace?: Pick<HistoryParts, 'now' | 'everyMs'>;
  /** Of the certificate that the panel serves. */
  readonly certificatePem?: string | null;
  /** Where people reach the panel. */
  readonly origin?: string | null;
}

export interface RunningControlPlane {
  readonly parts: ControlPlane;
  close(): Promise<void>;
}

export async function startControlPlane({ db, pool, folder, sessions, config, logger, certificatePem = null, origin = null, historyPace, ...limits }: ControlPlaneOptions): Promise<RunningControlPlane> {
  const panelKey = await openPanelKey(folder, new Date());
  const gateway = new Gateway({ db, panelKey, panelName: hostname(), ...limits });
  const clusters = new Clusters(db, gateway);
  const events = new Events({ db, gateway, clusters, logger, nowMs: Date.now });
  await events.start();
  await clusters.start();
  const changes = new Changes({ db, gateway, clusters, logger });
  await changes.start();
  const connections = new Connections({ gateway, clusters });
  const overrides = new Overrides({ db, gateway, clusters });
  const forgetting = new Forgetting({ db, gateway, clusters });
  const live = new Live({ gateway, clusters, sessions, logger });
  const directors = new Directors({ db, gateway, live });
  const drains = new Drains({ db, gateway, clusters, live, logger });
  await drains.start();
  const drift = new Drift({ db, gateway, clusters, live });
  await drift.start();
  const certificate = certificatePem === null ? null : servedCertificate(certificatePem);
  const watch = new Watch({ db, gateway, drift, logger, nowMs: Date.now, certificate });
  await watch.start();
  const alerts = new Alerts({ db, gateway, clusters, drift, certificate, logger, nowMs: Date.now, random: Math.random, origin });
  await alerts.start();
  const health = new Health({ db, gateway, clusters, logger });
  const history = new History({ db, pool, gateway, clusters, logger, ...historyPace });
  const sampleLoad = new SampleLoad(db, config.labSocket);
  await gateway.start();
  // Before, no director is known, and all that is open would seem to be over.
  alerts.watch();
  const ending = new AbortController();
  const enrolled = config.enrolCodeFile === null
    ? Promise.resolve()
    : enrolFromFile({ file: config.enrolCodeFile, gateway, logger, hostname: hostname(), signal: ending.signal });
  return {
    parts: { alerts, gateway, clusters, tutorial: tutorials[config.tutorial], changes, connections, overrides, forgetting, directors, drains, drift, events, health, history, live, sampleLoad },
    close: async () => {
      ending.abort();
      live.close();
      const watchClosed = Promise.all([watch.close(), alerts.close()]);
      // Before the gateway: an apply whose call ends with it must know that the panel ends, and send nothing more.
      const changesClosed = changes.close();
      await gateway.close();
      await Promise.all([enrolled, drains.close(), health.close(), history.close(), events.close(), watchClosed, changesClosed, sampleLoad.close()]);
    },
  };
}
