'use client';
// A request that failed: what, why, and what to do.
import { Notice } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { faultOf, type Fault } from '../../trpc/fault.ts';
import { useFaultText } from '../words/use-fault-text.ts';

export interface FailureProps {
  /** What could not be done: "The clusters could not be loaded." */
  what: string;
  error: unknown;
  onRetry?: (() => void) | undefined;
  busy?: boolean | undefined;
  className?: string | undefined;
}

export function Failure({ error, ...rest }: FailureProps) {
  return <FaultNotice fault={faultOf(error)} {...rest} />;
}

export interface FaultNoticeProps extends Omit<FailureProps, 'error'> {
  fault: Fault;
}

export function FaultNotice({ what, fault, onRetry, busy, className }: FaultNoticeProps) {
  const t = useTranslations('states');
  const faultText = useFaultText();
  return (
    <Notice
      tone="error"
      what={what}
      why={faultText(fault)}
      className={className}
      action={onRetry && { label: t('retry'), onAction: onRetry, busy }}
      details={{
        label: t('details'), text: JSON.stringify(fault, null, 2),
        copyLabel: t('copyDetails'), copiedLabel: t('copied'), failedLabel: t('copyFailed'),
      }}
    />
  );
}
