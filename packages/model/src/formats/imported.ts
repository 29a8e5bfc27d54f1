// What an import gives, whatever the format.
import type { Family, IpAddress } from '../definition/address.ts';
import type { ClusterDefinition, Protocol } from '../definition/definition.ts';
import type { ReportLine } from './report.ts';

/** Where a VIP stood in a file that also says who carries it. */
export interface VipHint {
  readonly vip: IpAddress;
  readonly family: Family;
  /** Null where the file does not say it. */
  readonly networkInterface: string | null;
  readonly instance: string;
}

export interface Imported {
  /** May lack a name, directors, and what a mark marks: a person adds them. */
  readonly definition: ClusterDefinition;
  readonly report: readonly ReportLine[];
  readonly hints: readonly VipHint[];
  /** Files that were handed in and that no other file includes. */
  readonly unused: readonly string[];
}

export interface ImportOptions {
  /** The host whose configuration is read: what `@` conditions are compared with (keepalived's `-i`). Null: no condition can be met. */
  readonly configId: string | null;
  /** For services that name no protocol; null leaves them out. */
  readonly protocol: Protocol | null;
}
