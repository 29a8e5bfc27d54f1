'use client';
// A forwarding method in the reader's words, with what belongs to it.
import type { ForwardingMethod, RuleMethod } from '@weir/model';
import { useCallback } from 'react';
import { useTranslations } from 'use-intl';
import { methodText } from './setting-changes.ts';

export type MethodText = (method: ForwardingMethod | RuleMethod) => string;

/** NAT, DR and TUN are called that in every language; what is proxied has a word of its own in each. */
export function useMethodText(): MethodText {
  const t = useTranslations('methods');
  return useCallback((method) => {
    const text = methodText(method);
    return method.kind === 'proxied' ? text.replace('proxied', t('proxied')) : text.replace(method.kind, method.kind.toUpperCase());
  }, [t]);
}
