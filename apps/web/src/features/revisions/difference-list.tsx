'use client';
// What differs between two revisions, one line for each object.
import type { Difference } from '@weir/model';
import { useTranslations } from 'use-intl';
import { differenceWords, type DifferenceWords, type Fact } from './difference-words.ts';

const signs: Record<Difference['kind'], string> = { added: '+', changed: '~', removed: '−' };
const colours: Record<Difference['kind'], string> = { added: 'text-up', changed: '', removed: 'text-down' };

export interface DifferenceListProps {
  differences: readonly Difference[];
  /** Of which these are the first. */
  total: number;
  nameOf: (directorId: string) => string;
}

export function DifferenceList({ differences, total, nameOf }: DifferenceListProps) {
  const t = useTranslations('differences');
  if (total === 0) return <p className="p-3 text-muted">{t('none')}</p>;
  return (
    <>
      <ul>
        {differences.map((difference, index) => (
          // Two answers are never mixed: the list changes as a whole.
          <Line key={index} words={differenceWords(difference, nameOf)} />
        ))}
      </ul>
      {total > differences.length && <p className="px-3 py-2 text-muted">{t('more', { count: total - differences.length })}</p>}
    </>
  );
}

function Line({ words }: { words: DifferenceWords }) {
  const t = useTranslations('differences');
  const { object, kind, what, service, facts } = words;
  const text = useFactText();
  const called = t(`objects.${object}`, { what, service });
  return (
    <li className="flex gap-2 border-b border-line px-3 py-1.5 font-mono last:border-b-0">
      <span className={colours[kind]}><span aria-hidden="true">{signs[kind]}</span><span className="sr-only">{t(`kinds.${kind}`)}</span></span>
      <span className="min-w-0 break-words">{facts.length === 0 ? called : t('facts', { called, facts: facts.map(text).join(t('and')) })}</span>
    </li>
  );
}

function useFactText(): (fact: Fact) => string {
  const t = useTranslations('differences');
  return ({ name, before, after }) => {
    const fact = t(`names.${name}`);
    return before === null || after === null ? t('has', { fact, value: before ?? after ?? '' }) : t('changed', { fact, before, after });
  };
}
