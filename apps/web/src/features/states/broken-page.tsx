'use client';
// Instead of a page that broke.
import { FaultNotice } from './failure.tsx';
import { useTranslations } from 'use-intl';

export function BrokenPage({ message, onRetry }: { message: string; onRetry: () => void }) {
  const t = useTranslations('states');
  return <FaultNotice what={t('broken')} fault={{ code: 'unexpectedInBrowser', params: { message } }} onRetry={onRetry} />;
}
