// Looks at what has no log of its own, once a second: links, drift, checkers and the panel's certificate. What changed is an event, written with how it stands now.
import { X509Certificate } from 'node:crypto';
import type { z } from 'zod';
import type { Database } from '../../db/database.ts';
import type { Drift } from '../../drift/drift.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { Logger } from '../../logger.ts';
import { writeEvents } from '../draft.ts';
import { CertificateStanding, certificateTold } from './certificate-standing.ts';
import type { ServedCertificate } from './certificate-standing.ts';
import { DirectorStanding, directorTold } from './director-standing.ts';
import type { Told } from './director-standing.ts';

export interface WatchParts {
  readonly db: Database;
  readonly gateway: Pick<Gateway, 'directors' | 'health' | 'onDrop'>;
  readonly drift: Pick<Drift, 'counted' | 'ofDirector'>;
  readonly logger: Logger;
  readonly nowMs: () => number;
  /** That the panel serves; null: none, or a proxy in front has it. */
  readonly certificate: ServedCertificate | null;
}

const LOOK_EVERY_MS = 1_000;
const DIFFERENCES_SHOWN = 20;
const ofPanel = 'certificate';

const keyOf = (directorId: string): string => `director ${directorId}`;

export function servedCertificate(pem: string): ServedCertificate {
  const { fingerprint256, subject, validTo } = new X509Certificate(pem);
  return { fingerprint: fingerprint256, subject, endsAtMs: Date.parse(validTo) };
}

export class Watch {
  readonly #parts: WatchParts;
  readonly #known = new Map<string, unknown>();
  #isStale = false;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | null = null;

  constructor(parts: WatchParts) {
    this.#parts = parts;
    parts.gateway.onDrop((directorId) => {
      this.#known.delete(keyOf(directorId));
      parts.db.watched.deleteMany({ where: { key: keyOf(directorId) } }).catch((error: unknown) => parts.logger.error({ err: error }, 'how a director stood was not forgotten'));
    });
  }

  async start(): Promise<void> {
    await this.#load();
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS);
  }

  /** One after the other; what could not be written is told by the next. */
  look(): Promise<void> {
    this.#looking ??= this.#look()
      .catch((error: unknown) => this.#parts.logger.error({ err: error }, 'events could not be written'))
      .finally(() => { this.#looking = null; });
    return this.#looking;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #load(): Promise<void> {
    for (const { key, standing } of await this.#parts.db.watched.findMany()) this.#known.set(key, standing);
  }

  async #look(): Promise<void> {
    // What broke off may have been written all the same: the database knows.
    if (this.#isStale) await this.#load();
    this.#isStale = true;
    await this.#tellAll();
    this.#isStale = false;
  }

  async #tellAll(): Promise<void> {
    const { gateway, drift, nowMs, certificate } = this.#parts;
    for (const director of drift.counted(gateway.directors())) {
      const now = {
        director, checker: gateway.health(director.id)?.checker ?? null,
        differences: () => (drift.ofDirector(director.id).heard?.rows ?? []).slice(0, DIFFERENCES_SHOWN).map(({ operation }) => ({ ...operation })),
      };
      await this.#tell(keyOf(director.id), DirectorStanding, (before) => directorTold(before, now, nowMs()));
    }
    if (certificate !== null) await this.#tell(ofPanel, CertificateStanding, (before) => certificateTold(before, certificate, nowMs()));
  }

  async #tell<Standing extends DirectorStanding | CertificateStanding>(key: string, schema: z.ZodType<Standing>, telling: (before: Standing | null) => Told<Standing>): Promise<void> {
    const before = schema.safeParse(this.#known.get(key)).data ?? null;
    const { standing, events } = telling(before);
    if (before !== null && JSON.stringify(schema.parse(before)) === JSON.stringify(schema.parse(standing))) return;
    await this.#parts.db.$transaction(async (tx) => {
      await writeEvents(tx, events, this.#parts.nowMs());
      await tx.watched.upsert({ where: { key }, create: { key, standing }, update: { standing } });
    });
    this.#known.set(key, standing);
  }
}
