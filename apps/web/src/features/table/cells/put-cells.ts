// Puts what was typed or chosen in a cell into the draft, for one row or for several of a kind at once.
import {
  changeRealServers, editBetween, Protocol, SchedulerName, vipsOf, type ClusterDefinition, type Edit, type ForwardingMethod, type RealServer, type ServiceMatch,
  type VirtualService,
} from '@weir/model';
import { methodKinds, methodOf, schedulerNamed } from '../../cluster-form/definition/form-values.ts';
import { refOf } from '../../canvas/graph/node-key.ts';
import type { RealServerRow, ServiceRow, TableRow } from '../rows.ts';
import { listed, type ColumnId } from './columns.ts';

/** Of these rows those count that are of the same kind as the first. Null where nothing differs. */
export function putCells(draft: ClusterDefinition, rows: readonly TableRow[], column: ColumnId, text: string): Edit | null {
  const [first] = rows;
  if (first === undefined) return null;
  return first.kind === 'service'
    ? putServices(draft, rows.flatMap((row) => (row.kind === 'service' ? [row] : [])), column, text)
    : putRealServers(draft, rows.flatMap((row) => (row.kind === 'realServer' ? [row] : [])), column, text);
}

function putServices(draft: ClusterDefinition, rows: readonly ServiceRow[], column: ColumnId, text: string): Edit | null {
  const ids = new Set(rows.map(({ service }) => service.id));
  const meant = draft.services.filter(({ id }) => ids.has(id));
  const touched = meant.map(({ id }) => ({ kind: 'service' as const, serviceId: id }));
  if (column === 'holder') {
    const held = new Set(meant.flatMap(({ match }) => vipsOf(match)));
    const holder = text === '' ? null : text;
    return editBetween(draft, { ...draft, vips: draft.vips.map((vip) => (held.has(vip.address) ? { ...vip, holder } : vip)) }, touched);
  }
  return editBetween(draft, { ...draft, services: draft.services.map((service) => (ids.has(service.id) ? { ...service, ...ofService[column]?.(service, text) } : service)) }, touched);
}

const ofService: Partial<Record<ColumnId, (service: VirtualService, text: string) => Partial<VirtualService>>> = {
  name: (_, name) => ({ name }),
  address: ({ match }, text) => ({ match: withPart(match, 'address', text) }),
  port: ({ match }, text) => ({ match: withPart(match, 'port', text) }),
  protocol: ({ match }, text) => ({ match: { ...match, protocol: Protocol.parse(text) } }),
  // Its flags stay where the scheduler does.
  scheduler: ({ scheduler }, text) => (text === scheduler.name ? {} : { scheduler: schedulerNamed(SchedulerName.parse(text)) }),
};

function withPart(match: ServiceMatch, part: 'address' | 'port', text: string): ServiceMatch {
  if (match.kind === 'mark') return part === 'address' ? { ...match, vips: listed(text) } : { ...match, ports: listed(text).map(wholeNumber) };
  return part === 'address' ? { ...match, vip: text.trim() } : { ...match, port: wholeNumber(text) };
}

function putRealServers(draft: ClusterDefinition, rows: readonly RealServerRow[], column: ColumnId, text: string): Edit | null {
  const refs = rows.flatMap(({ key }) => {
    const ref = refOf(key);
    return ref?.kind === 'realServer' ? [ref] : [];
  });
  const change = ofRealServer[column];
  return change === undefined ? null : changeRealServers(draft, refs, (realServer) => change(realServer, text));
}

const ofRealServer: Partial<Record<ColumnId, (realServer: RealServer, text: string) => Partial<RealServer>>> = {
  name: (_, name) => ({ name }),
  address: (_, text) => ({ rip: text.trim() }),
  port: (_, text) => ({ port: wholeNumber(text) }),
  weight: (_, text) => ({ weight: wholeNumber(text) }),
  // What is told of a tunnel stays where the method does.
  method: ({ method }, text) => ({ method: method.kind === text ? method : methodNamed(text) }),
  upper: ({ thresholds }, text) => ({ thresholds: { ...thresholds, upper: wholeNumber(text) } }),
  lower: ({ thresholds }, text) => ({ thresholds: { ...thresholds, lower: wholeNumber(text) } }),
};

function methodNamed(text: string): ForwardingMethod {
  return methodOf(methodKinds.find((kind) => kind === text) ?? 'nat');
}

function wholeNumber(text: string): number {
  return /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
}
