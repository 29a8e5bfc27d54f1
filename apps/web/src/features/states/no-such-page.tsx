'use client';
// Instead of a page that there is not.
import { Empty } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { LinkButton } from './link-button.tsx';

export function NoSuchPage() {
  const t = useTranslations('states');
  return (
    <main className="p-6">
      <Empty title={t('noSuchPage')} why={t('noSuchPageWhy')} action={<LinkButton href="/">{t('toOverview')}</LinkButton>} />
    </main>
  );
}
