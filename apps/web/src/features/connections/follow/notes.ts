'use client';
// What holds of a service whichever way it goes: that another director has its VIP, and what becomes of single datagrams.
import { vipsOf, type IpAddress, type VirtualService } from '@weir/model';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl';

export type Holders = ReadonlyMap<IpAddress, { readonly directorId: string; readonly name: string }>;

export function useNotes(directorId: string, holders: Holders): (service: VirtualService) => readonly string[] {
  const t = useTranslations('connections');
  return useCallback(({ match, onePacket }) => {
    const held = vipsOf(match).map((vip) => holders.get(vip));
    const [other] = held.every((holder) => holder !== undefined && holder.directorId !== directorId) ? held : [];
    return [
      ...(other === undefined ? [] : [t('standsBy', { director: other.name })]),
      ...(match.protocol === 'udp' ? [t(onePacket ? 'onePacket' : 'flow')] : []),
    ];
  }, [t, directorId, holders]);
}
