// What each drawn node is told. Its live figures are not among it: these it asks for itself.
import type { RealServer, VirtualService } from '@weir/model';
import type { Node } from '@xyflow/react';
import type { FormFinding } from '../../cluster-form/definition/findings.ts';
import type { Marked } from '../graph/marks.ts';
import type { Unsent } from '../graph/unsent.ts';

/** React Flow wants its data to be a record. */
interface Common extends Record<string, unknown> {
  readonly marks: Marked<FormFinding> | null;
  readonly unsent: Unsent | null;
  /** What is dragged would go here. */
  readonly target: boolean;
}

export interface ServiceData extends Common { readonly service: VirtualService }
export interface RealServerData extends Common { 
  readonly service: VirtualService;
  readonly realServer: RealServer;
  /** All in which its host serves; null: no other. */
  readonly services: readonly string[] | null;
  /** It, or the same host elsewhere, is chosen or pointed at. */
  readonly twin: boolean;
}
export interface GroupData extends Common { readonly service: VirtualService }

export type ServiceNode = Node<ServiceData, 'service'>;
export type RealServerNode = Node<RealServerData, 'realServer'>;
/** Not `group`: React Flow has a look of its own for those. */
export type GroupNode = Node<GroupData, 'folded'>;
export type DrawnNode = ServiceNode | RealServerNode | GroupNode;
