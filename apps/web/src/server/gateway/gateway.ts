// The gateway to the agents: one link per enrolled director, and the way in for new ones.
import { EventEmitter } from 'node:events';
import { since } from '@weir/protocol';
import type { HealthChangesEvent, PackedSample } from '@weir/protocol';
import type { Actor } from '../audit.ts';
import type { Database } from '../db/database.ts';
import type { Director } from '../db/generated/client.ts';
import { PanelError } from '../errors.ts';
import { createAgentClient, usualDeadlines } from './agent/agent-client.ts';
import type { AgentClient, Deadlines, StateAnswer } from './agent/agent-client.ts';
import { usualStreamBounds } from './agent/bounded-events.ts';
import type { StreamBounds } from './agent/bounded-events.ts';
import type { DirectorView, LinkState } from './director-view.ts';
import { enrolAgain, enrolDirector, readCode } from './enrolment.ts';
import type { KnownDirector, NewDirector } from './enrolment.ts';
import type { HeardHealth } from './heard-health.ts';
import { Link } from './link.ts';
import type { PanelKey } from './panel-key.ts';
import { renameDirector } from './rename.ts';
import type { NewName } from './rename.ts';

interface GatewayEvents {
  link: [directorId: string, state: LinkState];
  sample: [directorId: string, bootId: string, sample: PackedSample];
  healthChanges: [directorId: string, event: HealthChangesEvent];
  drop: [directorId: string];
}

export interface GatewayOptions {
  readonly db: Database;
  readonly panelKey: PanelKey;
  /** How agents know this panel. */
  readonly panelName: string;
  readonly deadlines?: Deadlines;
  readonly bounds?: StreamBounds;
  readonly retry?: { readonly firstMs: number; readonly maxMs: number };
}

interface Linked {
  /** Another one when it is renamed. */
  director: Director;
  readonly client: AgentClient;
  readonly link: Link;
}

const usualRetry = { firstMs: 500, maxMs: 10_000 };

export class Gateway {
  readonly #options: Required<GatewayOptions>;
  readonly #events = new EventEmitter<GatewayEvents>();
  readonly #linked = new Map<string, Linked>();
  #closed = false;

  constructor(options: GatewayOptions) {
    this.#options = { deadlines: usualDeadlines, bounds: usualStreamBounds, retry: usualRetry, ...options };
  }

  /** Dials every enrolled director. Listeners that must not miss anything are there before. */
  async start(): Promise<void> {
    for (const director of await this.#options.db.director.findMany()) this.#open(director);
  }

  /** In the order of their names. */
  directors(): DirectorView[] {
    return [...this.#linked.values()].map(viewOf).sort((a, b) => a.name.localeCompare(b.name));
  }

  director(directorId: string): DirectorView | null {
    const linked = this.#linked.get(directorId);
    return linked === undefined ? null : viewOf(linked);
  }

  client(directorId: string): AgentClient {
    return this.#get(directorId).client;
  }

  /** What a director last said it holds; null: not heard since the panel's start. */
  state(directorId: string): StateAnswer | null {
    return this.#linked.get(directorId)?.link.state ?? null;
  }

  /** What it says it holds at this moment; null where that is not known: not connected, or again and not heard yet. */
  stateNow(directorId: string): StateAnswer | null {
    return this.#linked.get(directorId)?.link.stateNow ?? null;
  }

  /** How the real servers of a director stand, as it last said; null: no such director, or one whose agent is too old to ask any, whatever a newer one said there before. */
  health(directorId: string): HeardHealth | null {
    const link = this.#linked.get(directorId)?.link;
    return link === undefined || (link.hello !== null && link.hello.version < since.health) ? null : link.health;
  }

  learn(directorId: string, state: StateAnswer): void {
    this.#linked.get(directorId)?.link.learn(state);
  }

  async enrol(actor: Actor, input: NewDirector): Promise<{ directorId: string }> {
    const director = await enrolDirector(this.#options, actor, input);
    this.#open(director);
    return { directorId: director.id };
  }

  /** For a director that no longer answers with its key, or whose agent no longer knows this panel. */
  async enrolAgain(actor: Actor, { directorId, code: text }: KnownDirector): Promise<void> {
    const code = readCode(text);
    const { director, client, link } = this.#get(directorId);
    if (link.view.state === 'connected' && code.keyHash !== director.keyHash) throw new PanelError('directorAnswers', { director: director.name });
    const enrolled = await enrolAgain(this.#options, actor, director, code);
    link.close();
    this.#open(enrolled);
    await client.close();
  }

  async rename(actor: Actor, input: NewName): Promise<void> {
    const director = await renameDirector(this.#options.db, actor, input);
    const linked = this.#linked.get(director.id);
    if (linked !== undefined) linked.director = director;
  }

  /** The director is in the database no more. */
  async drop(directorId: string): Promise<void> {
    const { client, link } = this.#get(directorId);
    this.#linked.delete(directorId);
    link.close();
    this.#events.emit('drop', directorId);
    await client.close();
  }

  /** Hears of each director that the panel forgets. */
  onDrop(listener: (directorId: string) => void): void {
    this.#events.on('drop', listener);
  }

  /** Hears each change of a link, and of what its agent says it holds. */
  onLink(listener: (directorId: string, state: LinkState) => void): void {
    this.#events.on('link', listener);
  }

  onSample(listener: (directorId: string, bootId: string, sample: PackedSample) => void): void {
    this.#events.on('sample', listener);
  }

  /** Of each director, perhaps the same more than once: it says again what it kept to whoever connects. */
  onHealthChanges(listener: (directorId: string, event: HealthChangesEvent) => void): void {
    this.#events.on('healthChanges', listener);
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { link } of this.#linked.values()) link.close();
    await Promise.all([...this.#linked.values()].map(({ client }) => client.close()));
  }

  #get(directorId: string): Linked {
    const linked = this.#linked.get(directorId);
    if (linked === undefined) throw new PanelError('noSuchDirector', { director: directorId });
    return linked;
  }

  #open(director: Director): void {
    // Enrolled while we ended: the next start dials it.
    if (this.#closed) return;
    const { panelKey, deadlines, bounds, retry } = this.#options;
    const linked = this.#linked;
    const place = {
      get name() { return linked.get(director.id)?.director.name ?? director.name; }, address: director.address, keyHash: director.keyHash,
    };
    const client = createAgentClient(place, panelKey, deadlines);
    const link = new Link({
      directorId: director.id, place, panelKey, client, deadlines, bounds, retry,
      onChange: (state) => void this.#events.emit('link', director.id, state),
      onSample: (bootId, sample) => void this.#events.emit('sample', director.id, bootId, sample),
      onHealthChanges: (event) => void this.#events.emit('healthChanges', director.id, event),
    });
    this.#linked.set(director.id, { director, client, link });
  }
}

function viewOf({ director: { id, name, address, keyHash, enrolledAt }, link }: Linked): DirectorView {
  const { hello, state } = link;
  return {
    id, name, address, keyHash, enrolledAt,
    link: link.view,
    hello: hello === null ? null : {
      hostname: hello.hostname, version: hello.version, agentVersion: hello.agentVersion, capabilities: hello.capabilities, health: hello.health, startedAtMs: hello.startedAtMs,
    },
    accepted: state?.accepted ?? null,
    drift: state?.driftCount ?? null,
    driftSinceMs: state?.driftSinceMs ?? null,
  };
}
