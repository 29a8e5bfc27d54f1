'use client';
// What an entry changed, one line for each fact; everything that was written down is one click away.
import Link from 'next/link';
import { useLocale, useTranslations } from 'use-intl';
import type { Messages } from '../../i18n/messages.ts';
import type { Outputs } from '../../trpc/client.ts';
import { changeFacts, hasKeys, isLong, none, type ChangeFact } from './change-facts.ts';

type Entry = Outputs['audit']['list']['entries'][number];

const shownMax = 6;

export function Change({ entry }: { entry: Entry }) {
  const t = useTranslations('audit');
  const text = useFactText();
  const { before, after } = entry;
  const facts = changeFacts(before, after, useLocale());
  const more = facts.length > shownMax || facts.some(({ place, ...sides }) => place.length > 2 || isLong(sides.before) || isLong(sides.after)) || hasKeys(before) || hasKeys(after);
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
          <summary className="min-h-6 cursor-pointer py-1 text-muted max-md:min-h-10 max-md:py-2.5">{t('whole')}</summary>
          <pre className="font-mono break-all whitespace-pre-wrap">{JSON.stringify({ before, after }, null, 2)}</pre>
        </details>
      )}
    </div>
  );
}

type FieldKey = keyof Messages['audit']['fields'];
type ValueKey = 'audit.values.true';

/** Where the words of a field's values stand. */
const valuesIn = new Map([
  ['role', 'roles.names'], ['outcome', 'applied.outcomes'], ['state', 'applied.outcomes'], ['cause', 'overrides.causes'],
  ['onFailure', 'audit.values.onFailure'], ['why', 'audit.values.why'], ['atDeadline', 'audit.values.atDeadline'],
]);
// What a person typed is told as typed.
const typed: readonly string[] = ['name', 'reason', 'note', 'email', 'user'];
const digitsShown = 12;

function useFactText(): (fact: ChangeFact) => string {
  const t = useTranslations('audit');
  const words = useTranslations();
  const nameOf = (part: string): string => (t.has(`fields.${part as FieldKey}`) ? t(`fields.${part as FieldKey}`) : part);
  return ({ place, before, after }) => {
    const field = place.at(-1) ?? '';
    const valueOf = (text: string): string => {
      if (isLong(text)) return `${text.slice(0, digitsShown)}…`;
      const key = `${valuesIn.get(field) ?? 'audit.values'}.${text}` as ValueKey;
      return !typed.includes(field) && /^\w+$/.test(text) && words.has(key) && typeof words.raw(key) === 'string' ? words(key) : text;
    };
    const what = place.map(nameOf).join(' · ');
    return before === null || after === null ? t('has', { what, value: valueOf(before ?? after ?? none) }) : t('changed', { what, before: valueOf(before), after: valueOf(after) });
  };
}

/** An apply's own page. */
function TheApply({ entry: { after } }: { entry: Entry }) {
  const t = useTranslations('audit');
  const applyId = typeof after === 'object' && after !== null && 'applyId' in after ? after.applyId : null;
  return typeof applyId === 'string' && <Link className="inline-flex min-h-6 items-center underline" href={`/changes/${applyId}`}>{t('toApply')}</Link>;
}

/** A saved revision: what differs in its definition stands on its own page. */
function Differences({ entry: { action, objectId, before, after } }: { entry: Entry }) {
  const t = useTranslations('audit');
  const [from, to] = [revisionIn(before), revisionIn(after)];
  if (action !== 'clusters.save' || objectId === null || from === null || to === null) return null;
  return <Link className="inline-flex min-h-6 items-center underline" href={`/clusters/${objectId}/revisions/${to}?from=${from}`}>{t('differences')}</Link>;
}

function revisionIn(record: unknown): number | null {
  return typeof record === 'object' && record !== null && 'revision' in record && typeof record.revision === 'number' ? record.revision : null;
}
