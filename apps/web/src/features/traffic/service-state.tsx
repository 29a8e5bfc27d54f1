'use client';
// Whether a service takes new connections: it has real servers, and one of them a weight.
import { StatusGlyph, type Status } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { LiveService } from '../../live/topic.ts';

type State = 'takes' | 'takesNone' | 'empty' | 'unknown';

const glyphs: Record<State, Status> = { takes: 'up', takesNone: 'down', empty: 'degraded', unknown: 'unknown' };

function stateOf({ directors, takesNoneOn, realServerCount }: LiveService): State {
  if (directors.length === 0) return 'unknown';
  if (takesNoneOn.length > 0) return 'takesNone';
  return realServerCount === 0 ? 'empty' : 'takes';
}

export function ServiceState({ service }: { service: LiveService }) {
  const t = useTranslations('traffic');
  const state = stateOf(service);
  return <StatusGlyph status={glyphs[state]} label={t(`serviceStates.${state}`)} showLabel />;
}
