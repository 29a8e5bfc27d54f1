'use client';
// How an event is for clients: a shape and a word.
import { StatusGlyph, type Status } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { EventTone } from '../../events/event.ts';

const glyphs: Record<EventTone, Status> = { good: 'up', plain: 'plain', warn: 'degraded', bad: 'down' };

export function ToneMark({ tone, showLabel = true }: { tone: EventTone; showLabel?: boolean }) {
  const t = useTranslations('eventList');
  return <StatusGlyph status={glyphs[tone]} label={t(`tones.${tone}`)} showLabel={showLabel} />;
}
