'use client';
// Which messages went out about an alert, and what came back.
import { useQuery } from '@tanstack/react-query';
import { StatusGlyph, type Status } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Alert, AlertDelivery } from '../../../alerts/alert.ts';
import { useTRPC } from '../../../trpc/client.ts';
import { Loaded } from '../../states/loaded.tsx';
import { When } from '../../time/when.tsx';
import { useAnswerText } from '../use-alert-text.ts';

const refreshMs = 5_000;

const glyphs: Record<AlertDelivery['state'], Status> = { sent: 'up', gathering: 'plain', quiet: 'plain', dropped: 'plain', retrying: 'degraded', givenUp: 'down' };

/** In numbers; one by one when somebody looks. */
export function Deliveries({ alert }: { alert: Alert }) {
  const t = useTranslations('alertPage');
  const [open, setOpen] = useState(false);
  const { sent, waiting, retrying, givenUp } = alert.deliveries;
  if (sent + waiting + retrying + givenUp === 0) return <span className="text-muted">{t('noMessages')}</span>;
  const counts = [sent > 0 && t('sent', { count: sent }), waiting > 0 && t('waiting', { count: waiting }), retrying > 0 && t('retrying', { count: retrying }), givenUp > 0 && t('givenUp', { count: givenUp })].filter((part) => part !== false);
  return (
    <details className="text-sm whitespace-normal" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={`min-h-6 cursor-pointer max-md:min-h-10 max-md:py-2.5 ${givenUp > 0 ? 'text-down' : retrying > 0 ? 'text-warn' : ''}`}>{counts.join(' · ')}</summary>
      {open && <Each alertId={alert.id} />}
    </details>
  );
}

function Each({ alertId }: { alertId: string }) {
  const t = useTranslations('alertPage');
  const found = useQuery(useTRPC().alerts.deliveries.queryOptions({ alertId }, { refetchInterval: refreshMs }));
  return (
    <Loaded query={found} failed={t('deliveriesFailed')} rows={2}>
      {(deliveries) => <ul className="flex flex-col gap-2 py-1">{deliveries.map((one) => <li key={one.id}><Delivery of={one} /></li>)}</ul>}
    </Loaded>
  );
}

export function Delivery({ of: { channelName, state, says, alerts, tries, lastAnswer, nextTryAtMs } }: { of: AlertDelivery }) {
  const t = useTranslations('alertPage');
  const answerText = useAnswerText();
  return (
    <div className="min-w-40 wrap-anywhere">
      <p className="flex flex-wrap gap-x-2"><StatusGlyph status={glyphs[state]} label={t(`deliveryStates.${state}`)} showLabel /> <span className="font-medium">{channelName}</span></p>
      <p className="text-muted">
        {t('says', { says: says.length === 2 ? 'both' : says[0] ?? 'fired', alerts })} · {t('tries', { count: tries })}
        {nextTryAtMs !== null && <> · {t('nextTry')} <When at={nextTryAtMs} /></>}
      </p>
      {lastAnswer !== null && (
        <p>
          <When at={lastAnswer.atMs} />: {answerText(lastAnswer)}
          {lastAnswer.body !== null && lastAnswer.body !== '' && <code className="block font-mono whitespace-pre-wrap">{lastAnswer.body}</code>}
        </p>
      )}
    </div>
  );
}
