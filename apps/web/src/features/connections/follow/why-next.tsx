'use client';
// Why a new connection would go where it would, with the figures that decide, and what could make it otherwise.
import { endpointKey, type Next } from '@weir/model';
import { useFormatter, useTranslations } from 'use-intl';

/** Of more of them the figures are no sentence any more. */
const FIGURES_SHOWN = 4;

export function Why({ next: { code, scheduler, endpoint, candidates, doubts }, notes }: { next: Next; notes: readonly string[] }) {
  const t = useTranslations('connections');
  const format = useFormatter();
  const chosen = endpoint === null ? null : endpointKey(endpoint);
  // The chosen one first: its figures are the reason.
  const sorted = candidates.toSorted((a, b) => Number(endpointKey(b.endpoint) === chosen) - Number(endpointKey(a.endpoint) === chosen));
  const figures = sorted.slice(0, FIGURES_SHOWN).map(({ endpoint: to, active, inactive, weight }) => t('figure', {
    to: endpointKey(to), active: format.number(active), inactive: format.number(inactive), weight: format.number(weight),
  }));
  const list = figures.join('; ') + (candidates.length > FIGURES_SHOWN ? '; …' : '');
  return (
    <span className="block max-w-xl min-w-48 whitespace-normal">
      {t(`nexts.${code}`, { scheduler, figures: list })}
      {[...doubts.map((doubt) => t(`doubts.${doubt}`)), ...notes].map((text) => <span key={text} className="block text-muted">{text}</span>)}
    </span>
  );
}
