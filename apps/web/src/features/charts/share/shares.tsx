'use client';
// The share of new connections that each real server should have by its weight, beside the one it has.
import { usesWeights, type Scheduler } from '@weir/model';
import { Panel, unknownText } from '@weir/ui';
import { useLocale, useTranslations } from 'use-intl';
import type { Share } from './share.ts';

export interface SharesProps {
  service: string;
  shares: readonly Share[];
  /** Null: the wanted revision has no such service. */
  scheduler: Scheduler | null;
}

export function Shares({ service, shares, scheduler }: SharesProps) {
  const t = useTranslations('charts.share');
  const weighs = scheduler !== null && usesWeights(scheduler) && !ordered(scheduler);
  return (
    <Panel title={t('title')} sub={<Why scheduler={scheduler} />} padded={false}>
      <div className="overflow-x-auto">
        <table className="w-full text-left">
          <caption className="sr-only">{t('caption', { service })}</caption>
          <thead className="text-sm text-muted">
            <tr className="h-8 border-b border-line">
              <th scope="col" className="px-3 font-normal">{t('realServer')}</th>
              <th scope="col" className="px-3 text-right font-normal">{t('weight')}</th>
              {weighs && <th scope="col" className="px-3 text-right font-normal">{t('should')}</th>}
              <th scope="col" className="px-3 text-right font-normal">{t('has')}</th>
              <th scope="col" className="w-1/3 px-3 font-normal"><span className="sr-only">{t('bars')}</span></th>
            </tr>
          </thead>
          <tbody>
            {shares.map((share) => <Row key={share.id} share={share} weighs={weighs} />)}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

/** The weight says which one comes first (fo), or how many it takes before the next one does (ovf): no share. */
function ordered({ name }: Scheduler): boolean {
  return name === 'fo' || name === 'ovf';
}

function Why({ scheduler }: { scheduler: Scheduler | null }) {
  const t = useTranslations('charts.share');
  if (scheduler === null) return t('unknownScheduler');
  if (!usesWeights(scheduler)) return t('noWeights', { scheduler: scheduler.name });
  if (ordered(scheduler)) return t('order', { scheduler: scheduler.name });
  return t(scheduler.name === 'wrr' ? 'byTurns' : 'inTheLongRun', { scheduler: scheduler.name });
}

function Row({ share: { name, weight, should, has }, weighs }: { share: Share; weighs: boolean }) {
  const locale = useLocale();
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const text = (value: number | null) => (value === null ? unknownText : percent.format(value));
  return (
    <tr className="h-8 border-b border-line last:border-b-0">
      <th scope="row" className="max-w-60 px-3 font-normal wrap-anywhere">{name}</th>
      <td className="px-3 text-right font-mono">{weight ?? unknownText}</td>
      {weighs && <td className="px-3 text-right font-mono">{text(should)}</td>}
      <td className="px-3 text-right font-mono">{text(has)}</td>
      <td className="px-3"><Bars should={weighs ? should : null} has={has} /></td>
    </tr>
  );
}

/** The numbers beside them say the same. */
function Bars({ should, has }: { should: number | null; has: number | null }) {
  return (
    <div className="flex flex-col gap-0.5" aria-hidden="true">
      {should !== null && <div className="h-1.5 border border-line-strong" style={widthOf(should)} />}
      <div className="h-1.5 bg-s1" style={widthOf(has ?? 0)} />
    </div>
  );
}

function widthOf(part: number) {
  return { width: `${100 * part}%` };
}
