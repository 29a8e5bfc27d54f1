'use client';
// Health in words: a state, the rule that decided, how a service stands, why a try failed.
import type { HealthRule, ServiceState, TryFailure } from '@weir/model';
import { useMemo } from 'react';
import { useTranslations } from 'use-intl';
import type { HealthState } from './worst-health.ts';

type Params = HealthRule['params'];

function numbers(params: Params, ...names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, Number(params[name] ?? 0)]));
}

export interface HealthText {
  readonly state: (state: HealthState, rule: HealthRule) => string;
  readonly rule: (rule: HealthRule) => string;
  readonly service: (state: ServiceState) => string;
  readonly failureWord: (failure: TryFailure) => string;
  readonly failure: (failure: TryFailure) => string;
}

export function useHealthText(): HealthText {
  const t = useTranslations('health');
  return useMemo(() => ({
    state: (state, { params }) => t(`states.${state}`, numbers(params, 'percent')),
    rule: ({ code, params }) => t(`rules.${code}`, {
      ...numbers(params, 'rise', 'fall', 'changes', 'withinSeconds', 'holdSeconds', 'silent', 'good', 'percent', 'weight'), as: String(params['as'] ?? 'up'),
    }),
    service: ({ code, params }) => t(`services.${code}`, numbers(params, 'of', 'usable', 'needed', 'silent', 'good')),
    failureWord: (failure) => t(`failureWords.${failure}`),
    failure: (failure) => t(`failures.${failure}`),
  }), [t]);
}
