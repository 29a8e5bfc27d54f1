// A director in the lab's machine with a panel on this side: the agent runs there, and is reached through the machine's door.
import { randomUUID } from 'node:crypto';
import type { TRPCClient } from '@trpc/client';
import type { DriverName } from '@weir/forwarder';
import type { Place, Remote, Uplink } from '@weir/lab/vm';
import type { ClusterDefinition, DriverKind, Interval, Sample } from '@weir/model';
import { decodeInterval, decodeTick, INTERVALS_MAX } from '@weir/protocol';
import type { ApplyInput, ApplyOutput, ApplyReport, Hello } from '@weir/protocol';
import type { AgentRouter } from '../../router.ts';
import { reportOf, reviewed } from '../cluster.ts';
import { parseExposition } from '../exposition-parser.ts';
import type { ParsedFamily } from '../exposition-parser.ts';
import { TestPanel } from '../test-panel.ts';
import type { Stream } from '../test-panel.ts';

type AgentModule = Remote<typeof import('./agent.guest.ts')>;

export interface DirectorOptions {
  /** As definitions name it. */
  readonly id: string;
  readonly place: Place;
  readonly uplink: Uplink;
  readonly driver?: DriverName;
}

export class Director {
  readonly id: string;
  readonly place: Place;
  readonly panel: TestPanel;
  readonly #options: DirectorOptions;
  readonly #revisions = new Map<string, number>();
  #agent: AgentModule;
  #stream: Stream | null = null;
  #pid = 0;
  #driver: DriverKind = 'ipvs';

  private constructor(options: DirectorOptions, panel: TestPanel, agent: AgentModule) {
    this.id = options.id;
    this.place = options.place;
    this.panel = panel;
    this.#options = options;
    this.#agent = agent;
  }

  /** Starts an agent on an empty disk, and enrols it. */
  static async start(options: DirectorOptions): Promise<Director> {
    const director = new Director(options, await TestPanel.make(), await Director.#load(options.place));
    await director.#run();
    await director.panel.enrol(await director.#agent.code(director.#dataFolder, director.address), options.id);
    return director;
  }

  static #load(place: Place): Promise<AgentModule> {
    return place.use<typeof import('./agent.guest.ts')>(new URL('./agent.guest.ts', import.meta.url));
  }

  get address(): string {
    return `127.0.0.1:${this.#options.uplink.hostPort}`;
  }

  get driver(): DriverKind {
    return this.#driver;
  }

  get client(): TRPCClient<AgentRouter> {
    return this.panel.client(this.address);
  }

  get #dataFolder(): string {
    return `/run/agent-${this.place.netns ?? 'machine'}`;
  }

  async #run(): Promise<void> {
    const { uplink: { address, guestPort: port }, driver = null } = this.#options;
    const host = address.split('/')[0] ?? address;
    const { pid, driver: opened } = await this.#agent.start({ dataFolder: this.#dataFolder, host, port, driver });
    this.#pid = pid;
    this.#driver = opened;
  }

  async kill(): Promise<void> {
    await this.killAfter(0);
  }

  /** Whatever it does by then. `applying`: counted from when it has written down that it begins a change. */
  async killAfter(delayMs: number, { applying = false } = {}): Promise<void> {
    const waits = applying ? `until [ -e ${this.#dataFolder}/applying.json ]; do :; done; ` : '';
    // Starting `sleep` takes longer than a change, in the emulated machine.
    const delays = delayMs === 0 ? '' : `sleep ${delayMs / 1_000}; `;
    await this.place.run(`${waits}${delays}kill -9 ${this.#pid}; while [ -d /proc/${this.#pid} ]; do sleep 0.05; done`);
  }

  /** After `kill`: another process on the same disk. `afterBoot`: as if the kernel's tables had begun anew. */
  async restart({ afterBoot = false } = {}): Promise<void> {
    if (afterBoot) await this.place.run(`rm ${this.#dataFolder}/settled.json`);
    this.#agent = await Director.#load(this.place);
    await this.#run();
  }

  said(): Promise<string[]> {
    return this.#agent.said();
  }

  /** By name. */
  async metrics(): Promise<ReadonlyMap<string, ParsedFamily>> {
    return parseExposition(await this.#agent.scrape(), true);
  }

  hello(): Promise<Hello> {
    return this.client.hello.query();
  }

  /** Of its latest tick, as a panel decodes it; null until the first one. */
  sample(): Sample | null {
    this.#stream ??= this.panel.stream(this.address);
    const tick = this.#stream.events.findLast((event) => event.kind === 'tick');
    return tick === undefined ? null : decodeTick(tick);
  }

  /** All that it has journaled; nobody commits it. */
  async intervals(): Promise<Interval[]> {
    return (await this.client.journal.query({ journalId: null, after: 0, limit: INTERVALS_MAX })).intervals.map(decodeInterval);
  }

  /** What a panel sends when a person has reviewed the plan of the cluster's next revision. */
  async order(definition: ClusterDefinition | null, options: Partial<ApplyInput> = {}): Promise<ApplyInput> {
    const clusterId = options.clusterId ?? 'cluster-1';
    const revision = (this.#revisions.get(clusterId) ?? 0) + 1;
    this.#revisions.set(clusterId, revision);
    return reviewed(this.client, { clusterId, revision, definition }, { applyId: randomUUID(), ...options });
  }

  async answer(definition: ClusterDefinition | null, options: Partial<ApplyInput> = {}): Promise<ApplyOutput> {
    return this.client.applyChange.mutate(await this.order(definition, options));
  }

  async apply(definition: ClusterDefinition | null, options: Partial<ApplyInput> = {}): Promise<ApplyReport> {
    return reportOf(await this.answer(definition, options));
  }

  /** The agent goes with its place. */
  close(): Promise<void> {
    return this.panel.close();
  }
}
