// What is said at the cells of the table: what was found there, what is typed wrongly, and what is not filled in yet.
import { ClusterDefinition, RealServer, vipsOf, VirtualService } from '@weir/model';
import type { z } from 'zod';
import type { FormFinding } from '../../cluster-form/definition/findings.ts';
import { issueWords, type IssueWords } from '../../form/issue-words.ts';
import { nodeAtPath } from '../../canvas/graph/marks.ts';
import { kindOf, serviceNode, type NodeKey } from '../../canvas/graph/node-key.ts';
import type { TableRow } from '../rows.ts';
import { columnAt, type ColumnId } from './columns.ts';

export type FoundAt = ReadonlyMap<ColumnId, readonly FormFinding[]>;

/** Findings by row and column; those about a VIP are at the services that answer on it. */
export function foundAt(definition: ClusterDefinition, findings: readonly FormFinding[]): ReadonlyMap<NodeKey, FoundAt> {
  const found = new Map<NodeKey, Map<ColumnId, FormFinding[]>>();
  const put = (key: NodeKey, column: ColumnId, finding: FormFinding): void => {
    const row = found.get(key) ?? new Map<ColumnId, FormFinding[]>();
    row.set(column, [...row.get(column) ?? [], finding]);
    found.set(key, row);
  };
  for (const finding of findings) {
    for (const { key, column } of placesOf(definition, finding.path)) put(key, column, finding);
  }
  return found;
}

export interface CellPlace {
  readonly key: NodeKey;
  readonly column: ColumnId;
}

/** None for what has no row: directors, the cluster's name, and a VIP that no service answers on. */
export function placesOf(definition: ClusterDefinition, path: FormFinding['path']): CellPlace[] {
  const [list, index, inner] = path;
  if (list === 'vips') {
    const address = definition.vips[Number(index)]?.address;
    return definition.services.filter(({ match }) => address !== undefined && vipsOf(match).includes(address)).map(({ id }) => ({ key: serviceNode(id), column: 'holder' }));
  }
  const key = list === 'services' ? nodeAtPath(definition, path) : null;
  if (key === null) return [];
  return [{ key, column: inner === 'realServers' && kindOf(key) === 'realServer' ? columnAt(path.slice(4)) : columnAt(path.slice(2)) }];
}

export type Slips = ReadonlyMap<ColumnId, IssueWords>;

const none: Slips = new Map();
const looked = new WeakMap<VirtualService | RealServer, Slips>();

/** What has not the right shape in a row. Drafts are never changed in place. */
export function slipsIn(row: TableRow): Slips {
  const object = row.kind === 'service' ? row.service : row.realServer;
  const before = looked.get(object);
  if (before !== undefined) return before;
  const parsed = row.kind === 'service' ? VirtualService.safeParse({ ...row.service, realServers: [] }) : RealServer.safeParse(row.realServer);
  const slips = parsed.success ? none : slipsOf(parsed.error.issues);
  looked.set(object, slips);
  return slips;
}

function slipsOf(issues: readonly z.core.$ZodIssue[]): Slips {
  const slips = new Map<ColumnId, IssueWords>();
  for (const issue of issues) {
    const column = columnAt(issue.path.filter((part) => typeof part !== 'symbol'));
    if (!slips.has(column)) slips.set(column, issueWords(issue));
  }
  return slips;
}
