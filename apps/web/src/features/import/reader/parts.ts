// What the reader found, in parts: each small enough that the page's own thread takes it between two frames.
import type { ClusterDefinition } from '@weir/model';
import type { ReportLine } from '@weir/model/formats';
import type { ReadSource } from '../read-source.ts';

type Services = ClusterDefinition['services'];

export type ReadPart =
  | { readonly part: 'lines'; readonly lines: readonly ReportLine[] }
  | { readonly part: 'services'; readonly services: Services }
  /** The last one; of what was read without its lines and services. */
  | { readonly part: 'end'; readonly read: ReadSource };

const linesInPart = 4_000;
const realServersInPart = 4_000;

export function* partsOf(read: ReadSource): Generator<ReadPart> {
  if (read.kind !== 'read') {
    yield { part: 'end', read };
    return;
  }
  const { definition, report, ...rest } = read.imported;
  for (let from = 0; from < report.length; from += linesInPart) yield { part: 'lines', lines: report.slice(from, from + linesInPart) };
  for (const services of grouped(definition.services)) yield { part: 'services', services };
  yield { part: 'end', read: { kind: 'read', imported: { ...rest, report: [], definition: { ...definition, services: [] } } } };
}

function* grouped(services: Services): Generator<Services> {
  let [group, size]: [Services, number] = [[], 0];
  for (const service of services) {
    group.push(service);
    size += 1 + service.realServers.length;
    if (size < realServersInPart) continue;
    yield group;
    [group, size] = [[], 0];
  }
  if (group.length > 0) yield group;
}

/** Puts together what came; gives what was read once it is whole. */
export class Gathered {
  readonly #lines: ReportLine[] = [];
  readonly #services: Services = [];

  take(part: ReadPart): ReadSource | null {
    if (part.part === 'lines') for (const line of part.lines) this.#lines.push(line);
    else if (part.part === 'services') this.#services.push(...part.services);
    else if (part.read.kind !== 'read') return part.read;
    else {
      const { imported } = part.read;
      return { kind: 'read', imported: { ...imported, report: this.#lines, definition: { ...imported.definition, services: this.#services } } };
    }
    return null;
  }
}
