'use client';
// The VIPs of a director's clusters: which it holds, for which it stands by, and which of them are on its host.
import { DataTable, Empty, Panel, StatusGlyph, type Column, type Status } from '@weir/ui';
import Link from 'next/link';
import { useMemo } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { DirectorPage, DirectorVip } from '../../server/directors/director-page.ts';
import { Address } from '../clusters/vips.tsx';
import { useFindingText } from '../words/use-fault-text.ts';

interface Row {
  readonly id: string;
  readonly clusterId: string | null;
  readonly cluster: string | null;
  /** `left`: Weir's own, of no cluster any more. */
  readonly vip: Omit<DirectorVip, 'part'> & { readonly part: DirectorVip['part'] | 'left' };
}

function rowsOf({ clusters, leftVips }: DirectorPage): Row[] {
  const named = clusters.flatMap(({ clusterId, name, vips }) => (vips ?? []).map((vip) => ({ id: `${clusterId} ${vip.address}`, clusterId, cluster: name, vip })));
  const left = leftVips.map(({ address, ...onHost }): Row => ({ id: address, clusterId: null, cluster: null, vip: { address, part: 'left', keptBy: 'weir', onHost } }));
  return [...named, ...left];
}

export function VipsPanel({ page }: { page: DirectorPage }) {
  const t = useTranslations('director');
  const locale = useLocale();
  const { clusters, findings, director, leftOut } = page;
  const looked = findings !== null;
  const answers = director.link.state === 'connected';
  const isWhole = leftOut.vips === 0;
  const columns = useMemo((): Column<Row>[] => [
    { id: 'vip', header: 'VIP', mono: true, cell: ({ vip }) => <Address address={vip.address} /> },
    { id: 'part', header: t('part'), cell: ({ vip }) => <Part vip={vip} looked={looked && (isWhole || vip.onHost !== null)} answers={answers} /> },
    { id: 'onHost', header: t('onHost'), cell: ({ vip }) => <OnHost vip={vip} looked={looked && (isWhole || vip.onHost !== null)} /> },
    { id: 'cluster', header: t('cluster'), cell: ({ clusterId, cluster }) => (clusterId === null ? '—' : <Link href={`/clusters/${clusterId}`}>{cluster}</Link>) },
  ], [t, looked, isWhole, answers]);
  return (
    <Panel title={t('vips')} sub={answers ? t('vipsOf') : t('vipsLastHeard')} padded={false}>
      <DataTable
        caption={t('vips')} columns={columns} rows={rowsOf(page)} rowId={({ id }) => id} locale={locale}
        empty={<Empty title={t('noVips')} why={t('noVipsWhy')} />}
      />
      {!looked && director.hello !== null && <p className="border-t border-line px-3 py-2 text-muted">{t('hostAlone', { driver: director.hello.capabilities.driver })}</p>}
      {clusters.filter(({ vips }) => vips === null).map(({ clusterId, revision }) => (
        <p key={clusterId} className="border-t border-line px-3 py-2 text-muted">{t('unread', { revision })}</p>
      ))}
      {leftOut.vips + leftOut.findings > 0 && <p className="border-t border-line px-3 py-2 text-muted">{t('leftOut', leftOut)}</p>}
      {findings !== null && findings.length > 0 && <Findings findings={findings} />}
    </Panel>
  );
}

const wrong: Status = 'degraded';

function Part({ vip: { part, onHost }, looked, answers }: { vip: Row['vip']; looked: boolean; answers: boolean }) {
  const t = useTranslations('director');
  const [status, word] = partOf(part, looked, onHost !== null);
  // Whether it is so now nobody knows.
  if (!answers) return <StatusGlyph status="stale" label={t(word)} showLabel />;
  return status === null ? t(word) : <StatusGlyph status={status} label={t(word)} showLabel />;
}

function partOf(part: Row['vip']['part'], looked: boolean, isOnHost: boolean): readonly [Status | null, 'holds' | 'standsBy' | 'left' | 'missing' | 'heldToo'] {
  if (part === 'left') return [wrong, 'left'];
  if (!looked) return [null, part];
  if (part === 'holds') return isOnHost ? ['up', 'holds'] : ['down', 'missing'];
  return isOnHost ? [wrong, 'heldToo'] : [null, 'standsBy'];
}

function OnHost({ vip: { onHost, keptBy }, looked }: { vip: Row['vip']; looked: boolean }) {
  const t = useTranslations('director');
  if (!looked) return <span className="text-muted" title={t('notLooked')}>—</span>;
  const place = onHost === null ? t('notOnHost') : t(onHost.byWeir ? 'byWeir' : 'notByWeir', { interface: onHost.interface });
  return keptBy === 'operator' ? `${place} · ${t('keptByOperator')}` : place;
}

function Findings({ findings }: { findings: NonNullable<DirectorPage['findings']> }) {
  const t = useTranslations('director');
  const text = useFindingText();
  return (
    <ul className="border-t border-line">
      {findings.map((finding) => (
        <li key={text(finding)} className="flex items-baseline gap-2 border-b border-line px-3 py-1.5 last:border-b-0">
          <StatusGlyph status={finding.severity === 'error' ? 'down' : wrong} label={t(finding.severity)} /> <span className="min-w-0">{text(finding)}</span>
        </li>
      ))}
    </ul>
  );
}
