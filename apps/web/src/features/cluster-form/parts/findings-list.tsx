'use client';
// Everything that was found, each leading to its field.
import { Button, Panel, StatusGlyph } from '@weir/ui';
import { useContext, useState } from 'react';
import { useTranslations } from 'use-intl';
import { FormFacts, useSentence } from '../fields/form-context.tsx';
import { useReveal } from '../fields/reveal.ts';
import { useMend } from '../fields/use-mend.ts';
import { fieldPath } from '../definition/findings.ts';

/** More at once are more than a person reads, and the page must stay quick. */
const pageRows = 100;

export function FindingsList() {
  const t = useTranslations('clusterForm');
  const { findings } = useContext(FormFacts);
  const text = useSentence();
  const mend = useMend();
  const reveal = useReveal();
  const [most, setMost] = useState(pageRows);
  if (findings.length === 0) return null;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return (
    <Panel title={t('findings')} sub={t('findingCounts', { errors, warnings: findings.length - errors })} padded={false}>
      <ul>
        {findings.slice(0, most).map((finding) => (
          <li key={`${fieldPath(finding)} ${finding.code} ${finding.director ?? ''} ${JSON.stringify(finding.params)}`} className="flex items-start border-b border-line last:border-b-0">
            <button type="button" onClick={() => reveal(fieldPath(finding))} className="flex min-w-0 flex-1 items-start gap-2 px-3 py-1.5 text-left hover:bg-raised focus-visible:-outline-offset-2">
              <StatusGlyph status={finding.severity === 'error' ? 'down' : 'degraded'} label={t(finding.severity)} className="mt-1" />
              <span>{text(finding)}</span>
            </button>
            {finding.mendable && <Button className="m-1 h-7" aria-label={t('mendThis', { finding: text(finding) })} onClick={() => mend(finding)}>{t('mend')}</Button>}
          </li>
        ))}
      </ul>
      {findings.length > most && <div className="p-3"><Button onClick={() => setMost(most + pageRows)}>{t('moreFindings', { count: findings.length - most })}</Button></div>}
    </Panel>
  );
}
