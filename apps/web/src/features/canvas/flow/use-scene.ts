'use client';
// Puts together what is drawn at this moment.
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { CanvasProps } from '../canvas.tsx';
import { hostsOf } from '../graph/hosts.ts';
import { marksOf } from '../graph/marks.ts';
import type { NodeKey } from '../graph/node-key.ts';
import { unsentOf } from '../graph/unsent.ts';
import { inView } from '../layout/in-view.ts';
import type { Dragging } from '../hands/use-dragging.ts';
import type { Scene } from './to-flow.ts';

export function useScene(props: Pick<CanvasProps, 'definition' | 'base' | 'findings' | 'nameOf' | 'linkOf' | 'drawing' | 'editing'>, { dragged, target }: Pick<Dragging, 'dragged' | 'target'>, pointed: NodeKey | null): Scene {
  const { definition, base, findings, nameOf, linkOf, drawing: { layout, selected, focused, sight: { rendered } } } = props;
  const editable = props.editing !== null;
  const t = useTranslations('canvas');
  const marks = useMemo(() => marksOf(definition, findings), [definition, findings]);
  const hosts = useMemo(() => hostsOf(definition), [definition]);
  const unsent = useMemo(() => unsentOf(base), [base]);
  const seen = useMemo(() => inView(layout, rendered, [...dragged.keys(), ...(focused === null ? [] : [focused])]), [dragged, focused, layout, rendered]);
  return useMemo(() => ({
    definition, layout, seen, selected, focused: focused ?? seen[0]?.key ?? layout.lanes[0]?.lane.key ?? null, dragged, target, marks, unsent, nameOf, editable,
    linkOf, hosts, pointed,
    roles: { service: t('virtualService'), realServer: t('realServer'), group: t('group'), lane: t('director') },
  }), [definition, dragged, editable, focused, hosts, layout, linkOf, marks, nameOf, pointed, seen, selected, t, target, unsent]);
}
