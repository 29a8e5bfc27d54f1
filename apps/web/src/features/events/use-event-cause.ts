'use client';
// Why it happened, where the event itself says it: the rule that decided and what the last try came to, or the reason or note that a person gave.
import { HealthRule, Try } from '@weir/model';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { z } from 'zod';
import type { PanelEvent } from '../../events/event.ts';
import { useHealthText } from '../health/state/use-health-text.ts';

export type EventCause = Pick<PanelEvent, 'kind' | 'atMs' | 'params' | 'evidence'>;

const Said = z.string().trim().min(1).optional().catch(undefined);
const Given = z.object({ reason: Said, note: Said });

/** Null: nothing but what happened. */
export function useEventCause(): (event: EventCause) => string | null {
  const t = useTranslations('eventList');
  const health = useHealthText();
  return useCallback((event) => {
    if (event.kind !== 'health') {
      const { reason, note } = Given.safeParse(event.evidence).data ?? {};
      return reason !== undefined ? t('reason', { reason }) : note !== undefined ? t('note', { note }) : null;
    }
    const { rule, lastTry } = decidedBy(event);
    const failure = lastTry?.result.kind === 'failed' ? t('lastTry', { failure: health.failureWord(lastTry.result.failure) }) : null;
    return [rule === null ? null : health.rule(rule), failure].filter((part) => part !== null).join(' ') || null;
  }, [t, health]);
}

/** Of a newer agent there may be a rule that this page has no words for. */
export function decidedBy({ atMs, params: { rule, from: _from, to: _to, ...params }, evidence }: EventCause): { readonly rule: HealthRule | null; readonly lastTry: Try | null } {
  return {
    rule: HealthRule.safeParse({ code: rule, params, sinceMs: atMs }).data ?? null,
    lastTry: Try.safeParse(evidence).data ?? null,
  };
}
