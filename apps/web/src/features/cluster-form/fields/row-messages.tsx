'use client';
// What was found about one object of the form, below its fields and as wide as they are: the sentences are long.
import { StatusGlyph } from '@weir/ui';
import { useContext } from 'react';
import { useTranslations } from 'use-intl';
import { fieldPath } from '../definition/findings.ts';
import { FormFacts, messagesId, useSentence } from './form-context.tsx';

export interface RowMessagesProps {
  /** The object's place in the form. */
  row: string;
  /** Objects within it that have rows of their own. */
  inner?: readonly string[];
}

export function RowMessages({ row, inner = [] }: RowMessagesProps) {
  const t = useTranslations('clusterForm');
  const { findings } = useContext(FormFacts);
  const text = useSentence();
  const here = findings.filter((finding) => {
    const path = fieldPath(finding);
    const within = path === row || path.startsWith(`${row}.`);
    return within && !inner.some((place) => path.startsWith(`${place}.`));
  });
  return (
    <ul id={messagesId(row)} aria-live="polite" className="flex basis-full flex-col gap-0.5 empty:hidden">
      {here.map((finding) => (
        <li key={`${finding.code} ${fieldPath(finding)} ${finding.director ?? ''} ${JSON.stringify(finding.params)}`} className="flex items-start gap-1.5 text-sm">
          <StatusGlyph status={finding.severity === 'error' ? 'down' : 'degraded'} label={t(finding.severity)} className="mt-0.5" />
          <span className={finding.severity === 'error' ? 'text-down' : ''}>{text(finding)}</span>
        </li>
      ))}
    </ul>
  );
}
