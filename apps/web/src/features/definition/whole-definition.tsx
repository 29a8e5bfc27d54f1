'use client';
// All that a revision says, as the page of its cluster would: directors, VIPs and services.
import type { ClusterDefinition } from '@weir/model';
import { Button, Panel } from '@weir/ui';
import { useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { DefinedService } from '../clusters/defined-service.tsx';

export interface WholeDefinitionProps {
  definition: ClusterDefinition;
  nameOf: (directorId: string) => string;
}

export function WholeDefinition({ definition, nameOf }: WholeDefinitionProps) {
  const t = useTranslations('definition');
  const id = useId();
  const [open, setOpen] = useState(false);
  const { name, directors, vips, services } = definition;
  return (
    <>
      <Panel
        title={t('title')} padded={false}
        sub={t('counts', { services: services.length, realServers: services.reduce((sum, { realServers }) => sum + realServers.length, 0) })}
        actions={<Button className="h-7" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>{t(open ? 'hide' : 'show')}</Button>}
      >
        <dl id={id} className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-1 p-3 empty:hidden">
          {open && (
            <>
              <dt className="text-muted">{t('name')}</dt><dd>{name}</dd>
              <dt className="text-muted">{t('directors')}</dt>
              <dd>{directors.map(({ directorId, dip }) => <Line key={directorId} what={nameOf(directorId)} more={[dip.ipv4, dip.ipv6].filter((address) => address !== null).map((address) => `DIP ${address}`).join(', ')} />)}</dd>
              <dt className="text-muted">{t('vips')}</dt>
              <dd>{vips.map(({ address, holder }) => <Line key={address} what={address} more={holder === null ? t('nobody') : t('heldBy', { director: nameOf(holder) })} />)}</dd>
            </>
          )}
        </dl>
      </Panel>
      {open && services.map((service) => <DefinedService key={service.id} service={service} />)}
    </>
  );
}

function Line({ what, more }: { what: string; more: string }) {
  return <span className="block"><span className="font-mono">{what}</span> <span className="text-muted">{more}</span></span>;
}
