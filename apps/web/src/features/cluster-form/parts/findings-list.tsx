'use client';
// Everything that was found, each leading to its field.
import { Panel, StatusGlyph } from '@weir/ui';
import { useContext } from 'react';
import { useTranslations } from 'use-intl';
import { FormFacts, useSentence } from '../fields/form-context.tsx';
import { focusField } from '../fields/focus-field.ts';
import { fieldPath } from '../definition/findings.ts';

export function FindingsList() {
  const t = useTranslations('clusterForm');
  const { findings } = useContext(FormFacts);
  const text = useSentence();
  if (findings.length === 0) return null;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return (
    <Panel title={t('findings')} sub={t('findingCounts', { errors, warnings: findings.length - errors })} padded={false}>
      <ul>
        {findings.map((finding) => (
          <li key={`${fieldPath(finding)} ${finding.code} ${finding.director ?? ''} ${JSON.stringify(finding.params)}`} className="border-b border-line last:border-b-0">
            <button type="button" onClick={() => focusField(fieldPath(finding))} className="flex w-full items-start gap-2 px-3 py-1.5 text-left hover:bg-raised focus-visible:-outline-offset-2">
              <StatusGlyph status={finding.severity === 'error' ? 'down' : 'degraded'} label={t(finding.severity)} className="mt-1" />
              <span>{text(finding)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
