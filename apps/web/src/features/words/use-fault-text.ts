'use client';
// Faults and findings in the reader's words.
import { useTranslations } from 'use-intl';
import type { Messages } from '../../i18n/messages.ts';

interface Coded {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

type ErrorKey = keyof Messages['errors'];
type FindingKey = keyof Messages['findings'];

/** A code that this page does not know (from a newer panel or agent) is named as it is. */
export function useFaultText(): (fault: Coded) => string {
  const t = useTranslations('errors');
  return ({ code, params }) => (t.has(code as ErrorKey) ? t(code as ErrorKey, params) : t('unknownCode', { code }));
}

export function useFindingText(): (finding: Coded) => string {
  const t = useTranslations('findings');
  const other = useTranslations('errors');
  return ({ code, params }) => (t.has(code as FindingKey) ? t(code as FindingKey, params) : other('unknownCode', { code }));
}
