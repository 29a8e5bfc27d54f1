'use client';
// A cluster as it is wanted, drawn, with what it carries now: to be looked at.
import type { ClusterDefinition } from '@weir/model';
import { Panel } from '@weir/ui';
import { ReactFlowProvider } from '@xyflow/react';
import { useRouter } from 'next/navigation';
import { useCallback, useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl';
import type { ClusterView } from '../../server/clusters/cluster-view.ts';
import type { FormFinding } from '../cluster-form/definition/findings.ts';
import { usePerson } from '../session/person.tsx';
import { Canvas } from './canvas.tsx';
import { LiveFigures } from './figures/use-figures.tsx';
import { refOf, serviceIdOf, type NodeKey } from './graph/node-key.ts';
import { storageKeyOf } from './layout/kept-places.ts';
import { Toolbar } from './tools/toolbar.tsx';
import { useDrawing } from './sight/use-drawing.ts';
import { useLinks } from './sight/use-links.ts';

export interface ClusterPictureProps {
  cluster: Pick<ClusterView, 'id' | 'name' | 'directors'>;
  definition: ClusterDefinition;
}

export function ClusterPicture(props: ClusterPictureProps) {
  return <LiveFigures clusterId={props.cluster.id}><ReactFlowProvider><Picture {...props} /></ReactFlowProvider></LiveFigures>;
}

/** What is wanted was checked when it was saved. */
const noFindings: readonly FormFinding[] = [];
const tallestPx = 440;
const marginsPx = 48;

function Picture({ cluster: { id, name, directors }, definition }: ClusterPictureProps) {
  const t = useTranslations('canvas');
  const router = useRouter();
  const { id: personId } = usePerson();
  const drawing = useDrawing(definition, storageKeyOf(personId, id));
  const searchRef = useRef<HTMLInputElement>(null);
  const names = useMemo(() => new Map(directors.map((director) => [director.directorId, director.name])), [directors]);
  const nameOf = useCallback((directorId: string) => names.get(directorId) ?? directorId, [names]);
  const open = (key: NodeKey) => {
    const ref = refOf(key);
    const serviceId = serviceIdOf(key);
    if (ref?.kind === 'director') router.push(`/directors/${ref.directorId}`);
    else if (serviceId !== null) router.push(`/clusters/${id}/services/${serviceId}${ref?.kind === 'realServer' ? `?rs=${ref.realServerId}` : ''}`);
  };
  const { width, height } = drawing.layout.bounds;
  return (
    <Panel title={t('picture')} padded={false} className="@container">
      <Toolbar drawing={drawing} nameOf={nameOf} searchRef={searchRef} />
      <div className="flex" style={{ height: `min(${tallestPx}px, ${height + marginsPx}px, ${100 * height / width}cqw + ${marginsPx}px)` }}>
        <Canvas
          definition={definition} base={definition} name={name} findings={noFindings} nameOf={nameOf} linkOf={useLinks()} drawing={drawing} editing={null}
          onOpen={open} onSearch={() => searchRef.current?.focus()}
        />
      </div>
    </Panel>
  );
}
