'use client';
// Which of a cluster's services is shown, or all of them in sum; it stands in the address.
import { Select, type SelectOption } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { LiveService } from '../../../live/topic.ts';
import { changeAddress } from '../../charts/range/address.ts';
import { Gone } from './gone.tsx';

/** In the address, where a service's id stands. */
export const allServices = 'all';

function choose(serviceId: string): void {
  changeAddress({ service: serviceId, rs: null }, 'push');
}

function useOptions(services: readonly LiveService[]): SelectOption[] {
  const inSum = useTranslations('charts')('allServices');
  return [...services.map(({ serviceId, name, key }) => ({ value: serviceId, label: `${name} · ${key}` })), { value: allServices, label: inSum }];
}

export function ServiceSelect({ services, chosen }: { services: readonly LiveService[]; chosen: string }) {
  const t = useTranslations('traffic');
  return <Select aria-label={t('service')} value={chosen} onChange={(event) => choose(event.target.value)} options={useOptions(services)} />;
}

export function GoneService({ services }: { services: readonly LiveService[] }) {
  const t = useTranslations('traffic.gone');
  return <Gone title={t('service')} why={t('serviceWhy')} choose={t('choose')} options={useOptions(services)} onChoose={choose} />;
}
