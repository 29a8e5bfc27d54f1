'use client';
// Every hop of a packet walk as a capture would show it; for those who do not see the picture, and for those who want all of it.
import type { Hop, Walk } from '@weir/model';
import { DataTable, exactText, type Column } from '@weir/ui';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { macWords, outerText, socketText } from './walk-words.ts';

interface Row extends Hop {
  readonly number: number;
}

export function WalkTable({ walk }: { walk: Walk }) {
  const t = useTranslations('walk');
  const locale = useLocale();
  const rows = walk.hops.map((hop, index): Row => ({ ...hop, number: index + 1 }));
  const hasTunnel = walk.hops.some(({ outer }) => outer !== null);
  const columns = useMemo((): Column<Row>[] => [
    { id: 'number', header: t('hop'), numeric: true, cell: ({ number }) => number },
    { id: 'direction', header: t('direction'), cell: ({ direction }) => t(direction) },
    { id: 'way', header: t('way'), cell: ({ from, to }) => `${t(`stations.${from}`)} → ${t(`stations.${to}`)}` },
    { id: 'mac', header: 'MAC', mono: true, cell: (hop) => macWords(hop) },
    ...(hasTunnel ? [{ id: 'outer', header: t('outer'), mono: true, cell: ({ outer }: Row) => outerText(outer) }] : []),
    { id: 'source', header: t('source'), mono: true, cell: ({ packet }) => socketText(packet.source) },
    { id: 'destination', header: t('destination'), mono: true, cell: ({ packet }) => socketText(packet.destination) },
    { id: 'ttl', header: 'TTL', numeric: true, cell: ({ packet }) => packet.ttl },
    { id: 'room', header: t('room'), numeric: true, cell: ({ room }) => t('bytesOf', { bytes: exactText(room.packetBytes, locale), mtu: exactText(room.mtuBytes, locale) }) },
  ], [t, hasTunnel, locale]);
  return <DataTable caption={t('hops')} columns={columns} rows={rows} rowId={({ number }) => String(number)} locale={locale} />;
}
