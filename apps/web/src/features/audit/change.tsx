'use client';
// What an entry changed, one line for each fact; everything that was written down is one click away.
import Link from 'next/link';
import { useTranslations } from 'use-intl';
import type { Messages } from '../../i18n/messages.ts';
import type { Outputs } from '../../trpc/client.ts';
import { changeFacts, hasKeys, none, type ChangeFact } from './change-facts.ts';

type Entry = Outputs['audit']['list']['entries'][number];

const shownMax = 6;

export function Change({ entry }: { entry: Entry }) {
  const t = useTranslations('audit');
  const text = useFactText();
  const { before, after } = entry;
  const facts = changeFacts(before, after);
  const more = facts.length > shownMax || facts.some(({ place }) => place.length > 2) || hasKeys(before) || hasKeys(after);
  if (facts.length === 0 && !more) return none;
  return (
    <div className="max-w-120 min-w-48 py-1 text-sm whitespace-normal wrap-anywhere">
      <ul>
        {facts.slice(0, shownMax).map((fact) => <li key={fact.place.join(' ')}>{text(fact)}</li>)}
      </ul>
      <Differences entry={entry} />
      <TheApply entry={entry} />
      {more && (
        <details>
          <summary className="cursor-pointer text-muted">{t('whole')}</summary>
          <pre className="font-mono break-all whitespace-pre-wrap">{JSON.stringify({ before, after }, null, 2)}</pre>
        </details>
      )}
    </div>
  );
}

type FieldKey = keyof Messages['audit']['fields'];

function useFactText(): (fact: ChangeFact) => string {
  const t = useTranslations('audit');
  const nameOf = (part: string): string => (t.has(`fields.${part as FieldKey}`) ? t(`fields.${part as FieldKey}`) : part);
  return ({ place, before, after }) => {
    const what = place.map(nameOf).join(' · ');
    return before === null || after === null ? t('has', { what, value: before ?? after ?? none }) : t('changed', { what, before, after });
  };
}

/** An apply's own page. */
function TheApply({ entry: { after } }: { entry: Entry }) {
  const t = useTranslations('audit');
  const applyId = typeof after === 'object' && after !== null && 'applyId' in after ? after.applyId : null;
  return typeof applyId === 'string' && <Link className="underline" href={`/changes/${applyId}`}>{t('toApply')}</Link>;
}

/** A saved revision: what differs in its definition stands on its own page. */
function Differences({ entry: { action, objectId, before, after } }: { entry: Entry }) {
  const t = useTranslations('audit');
  const [from, to] = [revisionIn(before), revisionIn(after)];
  if (action !== 'clusters.save' || objectId === null || from === null || to === null) return null;
  return <Link className="underline" href={`/clusters/${objectId}/revisions/${to}?from=${from}`}>{t('differences')}</Link>;
}

function revisionIn(record: unknown): number | null {
  return typeof record === 'object' && record !== null && 'revision' in record && typeof record.revision === 'number' ? record.revision : null;
}
