'use client';
// How one real server stands by its checks, in one word with since when; leads to why.
import { StatusGlyph, unknownText } from '@weir/ui';
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { LiveHealth } from '../../../live/topic.ts';
import { useSince } from '../../time/when.tsx';
import { useHealthText } from './use-health-text.ts';
import { healthGlyphs, worstHealth } from './worst-health.ts';
import { whyPath, type HealthPlace } from './why-path.ts';

export interface HealthMarkProps {
  of: HealthPlace;
  /** What it is called. */
  realServer: string;
  health: readonly LiveHealth[];
  /** All who say so are silent: when the last of them was heard. Left out: they are not, or the page says it. */
  heardAtMs?: number | null;
}

export function HealthMark({ of, realServer, health, heardAtMs }: HealthMarkProps) {
  const t = useTranslations('health');
  const text = useHealthText();
  const since = useSince();
  const worst = worstHealth(health);
  if (worst === null) return <span className="text-muted" title={t('notChecked')}>{unknownText}</span>;
  const { state, standing: { rule }, count, all } = worst;
  const word = text.state(state, rule);
  return (
    <span className="inline-flex max-w-64 flex-col py-0.5 text-left leading-4 whitespace-normal">
      <Link href={whyPath(of)} className="-my-1 inline-flex self-start py-1" aria-label={t('whyOf', { realServer, state: word })}>
        <StatusGlyph status={heardAtMs === undefined ? healthGlyphs[state] : 'stale'} label={word} showLabel />
      </Link>
      <span className="pl-4.5 text-sm text-muted">
        {heardAtMs == null ? t('since', { time: since(rule.sinceMs) }) : t('lastHeard', { time: since(heardAtMs) })}{count < all && ` · ${t('onSome', { count, all })}`}
      </span>
    </span>
  );
}
