'use client';
// All that happened, newest first. The filter stands in the address: whoever gets it sees the same.
import { useQuery } from '@tanstack/react-query';
import { Panel } from '@weir/ui';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'use-intl';
import type { EventFilter } from '../../events/event.ts';
import { useTRPC } from '../../trpc/client.ts';
import { Loaded } from '../states/loaded.tsx';
import { Page, PageHead } from '../states/page-head.tsx';
import { addressOf, beforeIn, filterIn } from './filter/filter-address.ts';
import { Filter } from './filter/filter-form.tsx';
import { refreshMs } from './recent-events.tsx';
import { Stream, Turns } from './stream.tsx';

const pageLength = 50;

export function Events() {
  const t = useTranslations('eventList');
  const [router, path] = [useRouter(), usePathname()];
  const address = new URLSearchParams(useSearchParams());
  const [filter, before] = [filterIn(address), beforeIn(address)];
  const go = (wanted: EventFilter, from?: string): void => router.push(`${path}?${addressOf(wanted, from)}`, { scroll: false });
  return (
    <Page>
      <PageHead title={t('title')} sub={t('why')} />
      <Panel title={t('stream')} padded={false}>
        <Filter filter={filter} onFilter={go} />
        <Found key={addressOf(filter)} filter={filter} before={before} onTurn={(from) => go(filter, from)} />
      </Panel>
    </Page>
  );
}

interface FoundProps {
  filter: EventFilter;
  before: string | undefined;
  onTurn: (before: string | undefined) => void;
}

function Found({ filter, before, onTurn }: FoundProps) {
  const t = useTranslations('eventList');
  const asked = { filter, limit: pageLength, ...(before !== undefined && { before }) };
  const page = useQuery(useTRPC().events.list.queryOptions(asked, { refetchInterval: before === undefined && refreshMs }));
  return (
    <>
      <Loaded query={page} failed={t('loadFailed')} rows={10}>
        {({ events, next }) => <Stream key={before} events={events} goesOn={before === undefined} filtered={Object.keys(filter).length > 0} more={next !== null} />}
      </Loaded>
      <Turns before={before} next={page.data?.next ?? null} onTurn={onTurn} />
    </>
  );
}
