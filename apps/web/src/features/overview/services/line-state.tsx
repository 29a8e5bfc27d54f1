'use client';
// How a service stands: the gravest trouble as glyph and word, the others as glyphs.
import { StatusGlyph, type Status } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { ServiceLine, Trouble } from '../../../live/service-line.ts';

export const troubleGlyphs: Record<Trouble, Status> = {
  takesNone: 'down', belowQuorum: 'down', notForwarded: 'down', silent: 'stale', someDown: 'degraded', empty: 'degraded', unheard: 'unknown',
  notApplied: 'draft', draining: 'draining',
};

/** Of a service without trouble it is good news; without any real server that is known, none. */
export function glyphOf({ troubles: [gravest] }: Pick<ServiceLine, 'troubles'>): Status {
  return gravest === undefined ? 'up' : troubleGlyphs[gravest];
}

/** The last words of a silent director are less than that it is silent. */
export function toldTroubles({ troubles }: Pick<ServiceLine, 'troubles'>): readonly Trouble[] {
  return troubles.includes('silent') ? ['silent', ...troubles.filter((each) => each !== 'silent')] : troubles;
}

export function useTroubleText(): (line: ServiceLine, trouble: Trouble | null) => string {
  const t = useTranslations('overview.troubles');
  return ({ realServers: { all, down, draining } }, trouble) => {
    if (trouble === 'someDown') return t('someDown', { count: down, all });
    return trouble === 'draining' ? t('draining', { count: draining }) : t(trouble ?? 'none');
  };
}

export function LineState({ line }: { line: ServiceLine }) {
  const text = useTroubleText();
  const [gravest = null, ...others] = toldTroubles(line);
  return (
    <span className="flex max-w-34 min-w-0 items-center gap-1" title={[gravest, ...others].map((trouble) => text(line, trouble)).join(' · ')}>
      <StatusGlyph className="min-w-0 [&>span]:truncate" status={gravest === null ? 'up' : troubleGlyphs[gravest]} label={text(line, gravest)} showLabel />
      {others.map((trouble) => <StatusGlyph key={trouble} status={troubleGlyphs[trouble]} label={text(line, trouble)} />)}
    </span>
  );
}
