'use client';
// Beside the drawing: the fields of what is chosen, the same as in the form.
import { vipsOf, type ClusterDefinition, type ObjectRef, type RealServerRef } from '@weir/model';
import { Panel } from '@weir/ui';
import { useEffect, useEffectEvent, useMemo, type ReactNode, type RefObject } from 'react';
import { useTranslations } from 'use-intl';
import { DirectorRow } from '../../cluster-form/parts/directors-part.tsx';
import { HealthPart } from '../../cluster-form/parts/health-part.tsx';
import { RealServerRow } from '../../cluster-form/parts/real-server-row.tsx';
import { ServiceFields } from '../../cluster-form/parts/service-part.tsx';
import { VipFields } from '../../cluster-form/parts/vips-part.tsx';
import { hostsOf } from '../graph/hosts.ts';
import { realServerNode } from '../graph/node-key.ts';
import type { Edits } from '../hands/use-edits.ts';
import { Several } from './several.tsx';
import { WhereItBelongs } from './where-it-belongs.tsx';

export interface SidePanelProps {
  definition: ClusterDefinition;
  chosen: readonly ObjectRef[];
  nameOf: (directorId: string) => string;
  edits: Edits;
  panelRef: RefObject<HTMLElement | null>;
  /** Back to the drawing. */
  onLeave: () => void;
  /** What is shown while nothing is chosen. */
  nothing: ReactNode;
  /** Stays below. */
  footer: ReactNode;
}

export function SidePanel({ definition, chosen, nameOf, edits, panelRef, onLeave, nothing, footer }: SidePanelProps) {
  const t = useTranslations('canvas');
  useLeaving(panelRef, onLeave);
  const [only, ...others] = chosen;
  return (
    <aside ref={panelRef} aria-label={t('panel')} className="flex w-full flex-col gap-3 overflow-y-auto border-line p-3 lg:w-92 lg:border-l">
      {only === undefined && nothing}
      {only !== undefined && others.length === 0 && <One definition={definition} of={only} nameOf={nameOf} edits={edits} />}
      {others.length > 0 && <Several definition={definition} chosen={chosen} edits={edits} />}
      {footer}
    </aside>
  );
}

function useLeaving(panel: RefObject<HTMLElement | null>, onLeave: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    onLeave();
  });
  useEffect(() => {
    const { current } = panel;
    const onKey = (event: KeyboardEvent) => press(event);
    current?.addEventListener('keydown', onKey);
    return () => current?.removeEventListener('keydown', onKey);
  }, [panel]);
}

interface OneProps { definition: ClusterDefinition; of: ObjectRef; nameOf: (directorId: string) => string; edits: Edits }

function One({ of, ...rest }: OneProps) {
  switch (of.kind) {
    case 'service': return <OneService {...rest} serviceId={of.serviceId} />;
    case 'realServer': return <OneRealServer {...rest} of={of} />;
    case 'director': return <OneDirector {...rest} directorId={of.directorId} />;
    case 'vip': return null;
  }
}

function OneService({ definition, serviceId }: Omit<OneProps, 'of'> & { serviceId: string }) {
  const t = useTranslations('canvas');
  const index = definition.services.findIndex(({ id }) => id === serviceId);
  const service = definition.services[index];
  if (service === undefined) return null;
  const vips = vipsOf(service.match);
  return (
    <>
      <Panel title={t('virtualService')} sub={service.name}>
        <ServiceFields key={`${serviceId} ${index}`} index={index} />
        <HealthPart key={`health ${serviceId} ${index}`} index={index} />
      </Panel>
      {definition.vips.some(({ address }) => vips.includes(address)) && <Panel title={t('heldVips')}><VipFields only={(address) => vips.includes(address)} /></Panel>}
    </>
  );
}

function OneRealServer({ definition, of, edits }: Omit<OneProps, 'of'> & { of: RealServerRef }) {
  const t = useTranslations('canvas');
  const service = definition.services.findIndex(({ id }) => id === of.serviceId);
  const index = definition.services[service]?.realServers.findIndex(({ id }) => id === of.realServerId) ?? -1;
  const realServer = definition.services[service]?.realServers[index];
  if (realServer === undefined) return null;
  return (
    <>
      <Panel title={t('realServer')} sub={realServer.name}><ul><RealServerRow key={`${of.serviceId} ${service} ${of.realServerId} ${index}`} service={service} index={index} /></ul></Panel>
      <Panel title={t('belongsTo')}><WhereItBelongs definition={definition} refs={[of]} edits={edits} /><SameHost definition={definition} of={of} /></Panel>
    </>
  );
}

/** Its host in other services too: what is changed here is not changed there. */
function SameHost({ definition, of }: { definition: ClusterDefinition; of: RealServerRef }) {
  const t = useTranslations('canvas');
  const hosts = useMemo(() => hostsOf(definition), [definition]);
  const host = hosts.get(realServerNode(of.serviceId, of.realServerId));
  return host !== undefined && <p className="mt-2 text-sm text-muted"><span aria-hidden="true">⧉ </span>{t('sameHost', { services: host.services.join(', ') })} {t('sameHostWhy')}</p>;
}

function OneDirector({ definition, directorId, nameOf }: Omit<OneProps, 'of'> & { directorId: string }) {
  const t = useTranslations('canvas');
  const index = definition.directors.findIndex((director) => director.directorId === directorId);
  if (index === -1) return null;
  return (
    <>
      <Panel title={t('director')}><ul><DirectorRow key={`${directorId} ${index}`} index={index} name={nameOf(directorId)} /></ul></Panel>
      <Panel title={t('heldVips')}><VipFields /></Panel>
    </>
  );
}
