'use client';
// An operation and its cost, one line each, in the reader's words.
import { endpointKey, isHostOperation, serviceKey, type Cost, type PlanOperation } from '@weir/model';
import { useTranslations } from 'use-intl';
import { realServerChanges, schedulerText, serviceChanges, type SettingChange } from './setting-changes.ts';
import { useMethodText } from './use-method-text.ts';

export type OperationSign = '+' | '~' | '−';

export function signOf({ kind }: PlanOperation): OperationSign {
  if (kind === 'addService' || kind === 'addRealServer' || kind === 'addVip') return '+';
  return kind === 'setService' || kind === 'setRealServer' || kind === 'setHostSetting' || kind === 'adoptService' ? '~' : '−';
}

export function useOperationText(): (operation: PlanOperation) => string {
  const t = useTranslations('operations');
  const methodText = useMethodText();
  const changesText = (changes: readonly SettingChange[]): string => changes
    .map(({ setting, before, after }) => t('changed', { setting: t(`settings.${setting}`), before, after })).join(', ');
  return (operation) => {
    if (isHostOperation(operation)) {
      return operation.kind === 'setHostSetting' ? t('setHostSetting', operation) : t(operation.kind, operation);
    }
    const service = serviceKey(operation.service);
    switch (operation.kind) {
      case 'adoptService': return t('adoptService', { service });
      case 'addService': return t('addService', { service, scheduler: schedulerText(operation.settings.scheduler) });
      case 'setService': return t('setService', { service, changes: changesText(serviceChanges(operation.before, operation.after)) });
      case 'removeService': return t('removeService', { service, count: operation.removed.realServers.length });
      case 'addRealServer': {
        const { endpoint, settings } = operation.realServer;
        return t('addRealServer', { realServer: endpointKey(endpoint), service, weight: String(settings.weight), method: methodText(settings.method) });
      }
      case 'setRealServer': return t('setRealServer', {
        realServer: endpointKey(operation.endpoint), service, changes: changesText(realServerChanges(operation.before, operation.after, methodText)),
      });
      case 'removeRealServer': return t('removeRealServer', { realServer: endpointKey(operation.removed.endpoint), service });
    }
  };
}

export function useCostText(): (cost: Cost) => string {
  const t = useTranslations('costs');
  return ({ connections, fate }) => t(fate, { count: connections });
}
