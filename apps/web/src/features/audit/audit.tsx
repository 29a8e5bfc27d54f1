'use client';
// Who did what to which object. The filter stands in the address: whoever gets it sees the same.
import { Panel } from '@weir/ui';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { addressOf, filterIn } from '../../server/audit-log/filter.ts';
import { NeedsRole } from '../session/person.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { Entries } from './entries.tsx';
import { Export, Filter } from './filter-form.tsx';

export function Audit() {
  const t = useTranslations('audit');
  return (
    <Page>
      <PageHead title={t('title')} sub={t('why')} />
      <NeedsRole needs="admin" what={t('title')}><Log /></NeedsRole>
    </Page>
  );
}

function Log() {
  const t = useTranslations('audit');
  const [router, path] = [useRouter(), usePathname()];
  const filter = filterIn(new URLSearchParams(useSearchParams()));
  const address = addressOf(filter);
  return (
    <Panel title={t('entries')} actions={<Export filter={filter} />} padded={false}>
      <Filter filter={filter} onFilter={(wanted) => router.replace(`${path}?${addressOf(wanted)}`)} />
      <Entries key={address} filter={filter} />
    </Panel>
  );
}
