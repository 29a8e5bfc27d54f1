'use client';
// What happened, in the reader's words.
import { durationText } from '@weir/ui';
import { useCallback } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { PanelEvent } from '../../events/event.ts';

export type EventWords = Pick<PanelEvent, 'kind' | 'code' | 'params'>;

type EventKey = 'nav.label';

const unknown = '—';

/** An event of a code that this page does not know (from a newer panel) is named by its code. */
export function useEventText(): (event: EventWords) => string {
  const t = useTranslations();
  const locale = useLocale();
  return useCallback(({ kind, code, params }) => {
    const key = `events.${kind}.${code}` as EventKey;
    return t.has(key) ? t(key, argumentsFor(String(t.raw(key)), spansIn(params, locale))) : code;
  }, [t, locale]);
}

/** `worstMs` is told as `worst`. */
function spansIn(params: EventWords['params'], locale: string): EventWords['params'] {
  const spans = Object.entries(params).flatMap(([name, value]) => (typeof value === 'number' && name.endsWith('Ms') && !name.endsWith('AtMs') ? [[name.slice(0, -2), durationText(value, locale)] as const] : []));
  return { ...params, ...Object.fromEntries(spans) };
}

/** All that the sentence asks for: what an older event did not keep is said to be unknown, and the sentence stands. */
export function argumentsFor(sentence: string, params: EventWords['params']): Record<string, string | number> {
  const asked = [...sentence.matchAll(/\{\s*(\w+)\s*[},]/g)].map(([, name = '']) => [name, unknown] as const);
  const known = Object.entries(params).map(([name, value]) => [name, value === null ? unknown : typeof value === 'boolean' ? String(value) : value] as const);
  return Object.fromEntries([...asked, ...known]);
}
