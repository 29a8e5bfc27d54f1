'use client';
// The mail server that e-mail of alerts goes by.
import { useQuery } from '@tanstack/react-query';
import { Button, Panel } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { MailServer } from '../../../alerts/alert.ts';
import { useTRPC } from '../../../trpc/client.ts';
import { Loaded } from '../../states/loaded.tsx';
import { EditMailServer } from './edit-mail-server.tsx';

export function MailServerPanel() {
  const t = useTranslations('mailServer');
  const server = useQuery(useTRPC().alerts.mailServer.queryOptions());
  const [editing, setEditing] = useState(false);
  return (
    <Panel title={t('title')} actions={server.data !== undefined && <Button onClick={() => setEditing(true)}>{t(server.data === null ? 'set' : 'edit')}</Button>}>
      <Loaded query={server} failed={t('loadFailed')} rows={2}>{(known) => (known === null ? <p className="text-muted">{t('none')}</p> : <Facts server={known} />)}</Loaded>
      {editing && server.data !== undefined && <EditMailServer server={server.data} onClose={() => setEditing(false)} />}
    </Panel>
  );
}

function Facts({ server: { host, port, security, user, hasPassword, from } }: { server: MailServer }) {
  const t = useTranslations('mailServer');
  const facts = [
    ['host', `${host}:${port}`], ['security', t(`securities.${security}`)], ['user', user ?? '—'], ['password', t(hasPassword ? 'passwordSet' : 'noPassword')], ['from', from],
  ] as const;
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      {facts.map(([name, text]) => <div key={name} className="min-w-0"><dt className="text-sm text-muted">{t(name)}</dt><dd className="wrap-anywhere">{text}</dd></div>)}
    </dl>
  );
}
