'use client';
// The figures of a drawn object, as they come: nothing else of the drawing hears of them.
import { quantityText, StatusGlyph, unknownText, type Status } from '@weir/ui';
import { useLocale, useTranslations } from 'use-intl';
import type { Figures } from '../figures/figure-store.ts';

/** Active connections and new ones per second; nothing for what nobody forwards. */
export function FiguresText({ figures }: { figures: Figures<string> | null }) {
  const t = useTranslations('canvas');
  const locale = useLocale();
  if (figures === null) return null;
  const rate = typeof figures.perSecond === 'number' ? quantityText(figures.perSecond, 'countPerSecond', locale) : unknownText;
  return (
    <span className={`ml-auto flex shrink-0 gap-2 pl-2 font-mono text-sm ${figures.silent ? 'text-stale' : ''}`}>
      <span title={t('active')}><span className="sr-only">{t('active')} </span>{quantityText(figures.active, 'count', locale)}</span>
      <span className="min-w-10 text-right text-muted" title={t('perSecond')}><span className="sr-only">{t('perSecond')} </span>{rate}</span>
    </span>
  );
}

/** Glyph and word; grey while whoever would tell is silent. */
export function StateMark({ glyph, word, silent, showWord = false }: { glyph: Status; word: string; silent: boolean; showWord?: boolean }) {
  const t = useTranslations('canvas');
  return <StatusGlyph status={silent ? 'stale' : glyph} label={silent ? t('silent') : word} showLabel={showWord} className={showWord ? 'text-sm' : ''} />;
}
