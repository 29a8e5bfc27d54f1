'use client';
// Whether a service takes new connections: it has real servers, and one of them a weight.
import { StatusGlyph } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { LiveService } from '../../live/topic.ts';
import { serviceGlyphs, serviceState } from './row-state.ts';

export function ServiceState({ service, silent }: { service: LiveService; silent: boolean }) {
  const t = useTranslations('traffic');
  const state = serviceState(service, silent);
  return <StatusGlyph status={serviceGlyphs[state]} label={t(`serviceStates.${state}`)} showLabel />;
}
