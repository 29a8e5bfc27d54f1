'use client';
// Why a real server has the weight that it has: the override that decides, those that wait behind it, and where directors differ.
import { isOverrideOf } from '@weir/model';
import { StatusGlyph } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { drainOf } from '../drain/standing.ts';
import { useDrains } from '../drain/use-drains.ts';
import { useNow } from '../time/now.ts';
import { standingOf } from './standing.ts';
import { useOverrideText } from './use-override-text.ts';
import { useOverrides } from './use-overrides.ts';

export interface OverrideNoteProps {
  clusterId: string;
  serviceId: string;
  realServerId: string;
  /** What stands here when no override holds. */
  otherwise?: string;
  /** Takes more lines instead of more room, among many columns. */
  narrow?: boolean;
}

export function OverrideNote({ clusterId, serviceId, realServerId, otherwise = '', narrow = false }: OverrideNoteProps) {
  const t = useTranslations('overrides');
  const text = useOverrideText(clusterId);
  const drain = drainOf(useDrains(clusterId), { serviceId, realServerId });
  const now = useNow();
  const { standings, none, unheard } = standingOf(useOverrides(clusterId), { serviceId, realServerId }, now ?? 0);
  if (standings.length === 0) return otherwise;
  // Its own note says it.
  if (drain !== null && none.length === 0 && standings.every(({ decides, waiting }) => waiting.length === 0 && isOverrideOf(drain.id, decides))) return null;
  const differ = standings.length + (none.length > 0 ? 1 : 0) > 1;
  return (
    <ul className={`flex flex-col py-0.5 text-left font-sans text-sm leading-4 ${narrow ? 'w-36 whitespace-normal' : ''}`}>
      {standings.map(({ directors, decides, definedWeight, waiting }) => (
        <li key={directors.join()}>
          <StatusGlyph status="draining" label={t('overridden')} />
          {' '}{(differ || unheard.length > 0) && `${directors.join(', ')}: `}
          <span title={decides.reason || undefined}>{text.whole(decides, definedWeight)}</span>
          {waiting.map((override) => <span key={override.id} className="block pl-4 text-muted">{text.short(override)}</span>)}
        </li>
      ))}
      {none.length > 0 && <li className="text-warn">{t('lacks', { directors: none.join(', ') })}</li>}
      {unheard.length > 0 && <li className="text-muted">{t('unheard', { directors: unheard.join(', ') })}</li>}
    </ul>
  );
}
