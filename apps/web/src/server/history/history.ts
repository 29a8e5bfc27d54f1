// The history of what all directors carried.
import type { Pool } from 'pg';
import type { HistoryAnswer, HistoryInput } from '../../history/series.ts';
import type { Clusters } from '../clusters/clusters.ts';
import type { Gateway } from '../gateway/gateway.ts';
import { series } from './series/series.ts';

export interface HistoryParts {
  readonly pool: Pool;
  readonly gateway: Gateway;
  readonly clusters: Clusters;
  readonly now?: () => number;
}

export class History {
  readonly #parts: HistoryParts & { readonly now: () => number };

  constructor({ now = Date.now, ...parts }: HistoryParts) {
    this.#parts = { ...parts, now };
  }

  series(input: HistoryInput): Promise<HistoryAnswer> {
    return series(this.#parts, input);
  }
}
