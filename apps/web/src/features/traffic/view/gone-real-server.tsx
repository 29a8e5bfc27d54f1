'use client';
// A real server that the address names and that the service does not have.
import { useTranslations } from 'use-intl';
import type { LiveService } from '../../../live/topic.ts';
import { changeAddress } from '../../charts/range/address.ts';
import { Gone } from './gone.tsx';

/** Ids are longer. */
const allOfIt = '*';

export function GoneRealServer({ service: { name: service, realServers } }: { service: LiveService }) {
  const t = useTranslations('traffic.gone');
  const whole = useTranslations('charts')('wholeService', { service });
  const known = realServers.flatMap(({ realServerId, name, key }) => (realServerId === null ? [] : [{ value: realServerId, label: `${name} · ${key}` }]));
  return (
    <Gone
      title={t('realServer', { service })} why={t('realServerWhy')} choose={t('choose')} options={[...known, { value: allOfIt, label: whole }]}
      onChoose={(realServerId) => changeAddress({ rs: realServerId === allOfIt ? null : realServerId }, 'push')}
    />
  );
}
