// What is asked and ordered of one director by itself, beside clusters and their changes.
import type { ClusterDefinition } from '@weir/model';
import type { AcceptedRevision, Inspection } from '@weir/protocol';
import { audit } from '../audit.ts';
import type { Actor } from '../audit.ts';
import type { Database } from '../db/database.ts';
import { PanelError } from '../errors.ts';
import type { DirectorView } from '../gateway/director-view.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Live } from '../live/live.ts';
import { directorPage, inspectionView } from './director-page.ts';
import type { DirectorPage, InspectionView } from './director-page.ts';

export interface DirectorsParts {
  readonly db: Database;
  readonly gateway: Gateway;
  readonly live: Pick<Live, 'acceptedDefinition'>;
}

export interface ZeroOrder {
  readonly directorId: string;
  /** Of a cluster that the director has accepted; null: everything that it forwards. */
  readonly service: { readonly clusterId: string; readonly serviceId: string } | null;
}

/** One answer serves all who ask within so long: its agent reads its whole table for it. */
const inspectionMs = 5_000;

interface Asked {
  readonly atMs: number;
  readonly answer: Promise<Inspection>;
}

export class Directors {
  readonly #parts: DirectorsParts;
  readonly #asked = new Map<string, Asked>();

  constructor(parts: DirectorsParts) {
    this.#parts = parts;
    parts.gateway.onDrop((directorId) => this.#asked.delete(directorId));
  }

  page(directorId: string): DirectorPage {
    return directorPage(this.#get(directorId), this.#parts.gateway.state(directorId), (held) => this.#definition(held));
  }

  async inspect(directorId: string): Promise<InspectionView> {
    const { accepted } = this.#get(directorId);
    const inspection = await this.#inspection(directorId);
    const definitions = (accepted ?? []).map((held) => this.#definition(held)).filter((definition) => definition !== null);
    return inspectionView(inspection, directorId, definitions);
  }

  /** The order is in the log before it is sent, and what came of it before the person hears. */
  async zero(actor: Actor, { directorId, service }: ZeroOrder): Promise<void> {
    const { db, gateway } = this.#parts;
    const director = this.#get(directorId);
    const object = { kind: 'director', id: directorId, name: director.name };
    const after = { service: service === null ? null : this.#serviceName(director, service) };
    await audit(db, actor, { action: 'directors.zero', object, after });
    try {
      await gateway.client(directorId).zero(service);
    } catch (error) {
      await audit(db, actor, { action: 'directors.zeroFinish', object, after: { ...after, error: error instanceof PanelError ? error.code : 'unexpected' }, outcome: 'failed' });
      throw error;
    }
    await audit(db, actor, { action: 'directors.zeroFinish', object, after });
  }

  #inspection(directorId: string): Promise<Inspection> {
    const nowMs = Date.now();
    for (const [id, { atMs }] of this.#asked) if (nowMs - atMs >= inspectionMs) this.#asked.delete(id);
    const known = this.#asked.get(directorId);
    if (known !== undefined) return known.answer;
    const asked = { atMs: nowMs, answer: this.#parts.gateway.client(directorId).inspect() };
    this.#asked.set(directorId, asked);
    // Whoever tries again after a failure gets another answer.
    asked.answer.catch(() => {
      if (this.#asked.get(directorId) === asked) this.#asked.delete(directorId);
    });
    return asked.answer;
  }

  #get(directorId: string): DirectorView {
    const director = this.#parts.gateway.director(directorId);
    if (director === null) throw new PanelError('noSuchDirector', { director: directorId });
    return director;
  }

  #definition(held: AcceptedRevision): ClusterDefinition | null {
    return this.#parts.live.acceptedDefinition(held);
  }

  /** By its name where the panel knows it. */
  #serviceName({ accepted }: DirectorView, { clusterId, serviceId }: NonNullable<ZeroOrder['service']>): string {
    const held = accepted?.find((revision) => revision.clusterId === clusterId);
    const service = held === undefined ? undefined : this.#definition(held)?.services.find(({ id }) => id === serviceId);
    return service?.name ?? serviceId;
  }
}
