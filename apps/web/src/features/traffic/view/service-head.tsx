'use client';
// What a service is and how it stands, in one line; of what its silent directors said last, only what they counted, grey.
import { Badge, Notice } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { LiveService } from '../../../live/topic.ts';
import { ServiceHealthMark } from '../../health/state/service-health.tsx';
import { RefusedFigure } from '../refused.tsx';
import { ServiceState } from '../service-state.tsx';

export interface ServiceHeadProps {
  service: LiveService;
  /** None of its directors answers. */
  silent: boolean;
  directorName: (id: string) => string;
}

export function ServiceHead({ service, silent, directorName }: ServiceHeadProps) {
  const t = useTranslations('traffic');
  const names = (ids: readonly string[]) => ids.map(directorName).join(', ');
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-muted">
        <span><span className="text-text">{service.name}</span> <span className="font-mono">{service.key}</span></span>
        <ServiceState service={service} silent={silent} />
        {!silent && <ServiceHealthMark health={service.health} />}
        {!service.wanted && <Badge tone="warn">{t('notInWanted')}</Badge>}
        {service.notAppliedOn.length > 0 && <Badge tone="draft">◇ {t('notAppliedOn', { directors: names(service.notAppliedOn) })}</Badge>}
        <span className={silent ? 'weir-stale' : undefined}>{t('refused')} <RefusedFigure refused={service.refused} /></span>
      </p>
      {!silent && service.takesNoneOn.length > 0 && <Notice tone="error" what={t('takesNone', { service: service.name, directors: names(service.takesNoneOn) })} why={t('takesNoneWhy')} />}
    </>
  );
}
