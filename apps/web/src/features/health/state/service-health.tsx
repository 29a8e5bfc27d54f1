'use client';
// How a service stands by the checks of its real servers: in the words of the director that sees it gravest.
import type { ServiceState } from '@weir/model';
import { StatusGlyph, type Status } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { LiveServiceHealth } from '../../../live/topic.ts';
import { useSince } from '../../time/when.tsx';
import { useHealthText } from './use-health-text.ts';

const glyphs: Readonly<Record<ServiceState['code'], Status>> = {
  allUp: 'up', notDecided: 'unknown', someDown: 'degraded', braked: 'degraded', belowGoOn: 'down', belowSorry: 'down', belowFailOpen: 'down',
};

/** Gravest first. */
const order: readonly ServiceState['code'][] = ['belowSorry', 'belowGoOn', 'belowFailOpen', 'braked', 'someDown', 'notDecided', 'allUp'];

export function worstServiceHealth(health: readonly LiveServiceHealth[]): (LiveServiceHealth & { readonly count: number }) | null {
  const code = order.find((each) => health.some(({ state }) => state.code === each));
  const saying = health.filter(({ state }) => state.code === code).toSorted((a, b) => a.state.sinceMs - b.state.sinceMs);
  const [first] = saying;
  return first === undefined ? null : { ...first, count: saying.length };
}

/** Nothing where nobody asks its real servers. `brief`: without since when. */
export function ServiceHealthMark({ health, brief = false }: { health: readonly LiveServiceHealth[]; brief?: boolean }) {
  const t = useTranslations('health');
  const text = useHealthText();
  const since = useSince();
  const worst = worstServiceHealth(health);
  if (worst === null) return null;
  const { state, count } = worst;
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2">
      <StatusGlyph status={glyphs[state.code]} label={text.service(state)} showLabel />
      {!brief && <span className="text-sm text-muted">{t('since', { time: since(state.sinceMs) })}</span>}
      {count < health.length && <span className="text-sm text-muted">{t('onSome', { count, all: health.length })}</span>}
    </span>
  );
}
