'use client';
// Where alerts are sent: web hooks and e-mail. For administrators.
import { useQuery } from '@tanstack/react-query';
import { Button, DataTable, Empty, Panel, type Column } from '@weir/ui';
import { useMemo, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import type { AlertChannel } from '../../../alerts/alert.ts';
import { localeNames } from '../../../i18n/locale.ts';
import { useTRPC } from '../../../trpc/client.ts';
import { Loaded } from '../../states/loaded.tsx';
import { When } from '../../time/when.tsx';
import { useAnswerText } from '../use-alert-text.ts';
import { EditChannel } from './edit-channel.tsx';
import { RemoveChannel } from './remove-channel.tsx';
import { SendTest } from './send-test.tsx';

const refreshMs = 5_000;

type Task = { readonly what: 'edit'; readonly channel: AlertChannel | null } | { readonly what: 'remove'; readonly channel: AlertChannel };

export function Channels() {
  const t = useTranslations('alertChannels');
  const channels = useQuery(useTRPC().alerts.channels.queryOptions(undefined, { refetchInterval: refreshMs }));
  const [task, setTask] = useState<Task | null>(null);
  const close = () => setTask(null);
  return (
    <Panel title={t('title')} sub={channels.data?.length} padded={false} actions={<Button onClick={() => setTask({ what: 'edit', channel: null })}>{t('add')}</Button>}>
      <Loaded query={channels} failed={t('loadFailed')} rows={2}>{(rows) => <ChannelTable channels={rows} onTask={setTask} />}</Loaded>
      {task?.what === 'edit' && <EditChannel channel={task.channel} onClose={close} />}
      {task?.what === 'remove' && <RemoveChannel channel={task.channel} onClose={close} />}
    </Panel>
  );
}

function ChannelTable({ channels, onTask }: { channels: readonly AlertChannel[]; onTask: (task: Task) => void }) {
  const t = useTranslations('alertChannels');
  const locale = useLocale();
  const columns = useMemo((): Column<AlertChannel>[] => [
    { id: 'name', header: t('name'), cell: (channel) => <Named channel={channel} /> },
    { id: 'kind', header: t('kind'), wideOnly: true, cell: ({ target }) => t(`kinds.${target.kind}`) },
    { id: 'target', header: t('target'), wideOnly: true, cell: ({ target }) => <Target target={target} /> },
    { id: 'secrets', header: t('secrets'), wideOnly: true, cell: ({ target }) => <Secrets target={target} /> },
    { id: 'locale', header: t('locale'), wideOnly: true, cell: (channel) => localeNames[channel.locale] },
    {
      id: 'tasks', header: t('tasks'), hideHeader: true, cell: (channel) => (
        <span className="flex flex-wrap gap-1.5 py-1">
          <SendTest channel={channel} />
          <Button className="md:h-7 max-md:h-10" aria-label={t('editChannel', { name: channel.name })} onClick={() => onTask({ what: 'edit', channel })}>{t('edit')}</Button>
          <Button className="md:h-7 max-md:h-10" aria-label={t('removeChannel', { name: channel.name })} onClick={() => onTask({ what: 'remove', channel })}>{t('remove')}</Button>
        </span>
      ),
    },
  ], [t, onTask]);
  return <DataTable caption={t('title')} columns={columns} rows={channels} rowId={({ id }) => id} locale={locale} empty={<Empty title={t('empty')} why={t('emptyWhy')} />} />;
}

/** On a narrow screen its target stands below its name. */
function Named({ channel: { name, target, failing } }: { channel: AlertChannel }) {
  const t = useTranslations('alertChannels');
  const answerText = useAnswerText();
  return (
    <span className="block min-w-24 py-1 whitespace-normal wrap-anywhere">
      <span className="font-medium">{name}</span>
      {failing !== null && <span className="block text-sm text-down">{t('failing')} <When at={failing.sinceMs} />: {answerText(failing.answer)}</span>}
      <span className="block text-sm text-muted md:hidden"><Target target={target} /></span>
    </span>
  );
}

function Target({ target }: Pick<AlertChannel, 'target'>) {
  return <span className="block min-w-32 font-mono whitespace-normal wrap-anywhere">{target.kind === 'email' ? target.to.join(', ') : target.url}</span>;
}

/** Whether there are any: what they are, nobody is shown. */
function Secrets({ target }: Pick<AlertChannel, 'target'>) {
  const t = useTranslations('alertChannels');
  if (target.kind === 'email') return '—';
  return [target.hasToken && t('hasToken'), target.hasHmacSecret && t('hasHmacSecret')].filter((part) => part !== false).join(', ') || t('noSecrets');
}
