'use client';
// Several objects at once: one weight for all real servers, and where they belong.
import { changeRealServers, Weight, type ClusterDefinition, type ObjectRef } from '@weir/model';
import { Button, Field, NumberInput, Panel } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Edits } from '../hands/use-edits.ts';
import { WhereItBelongs } from './where-it-belongs.tsx';

export interface SeveralProps {
  definition: ClusterDefinition;
  chosen: readonly ObjectRef[];
  edits: Edits;
}

export function Several({ definition, chosen, edits }: SeveralProps) {
  const t = useTranslations('canvas');
  const [typed, setTyped] = useState('');
  const refs = chosen.flatMap((ref) => (ref.kind === 'realServer' ? [ref] : []));
  const weight = Weight.safeParse(/^\d+$/.test(typed.trim()) ? Number(typed) : null);
  return (
    <Panel title={t('several', { count: chosen.length })}>
      {refs.length > 0 && (
        <div className="flex flex-col gap-3">
          <div className="flex items-end gap-2">
            <Field label={t('weightOfAll')} className="w-28"><NumberInput value={typed} onChange={(event) => setTyped(event.target.value)} min={0} /></Field>
            <Button aria-disabled={!weight.success || undefined} onClick={() => weight.success && edits.make((draft) => changeRealServers(draft, refs, { weight: weight.data }))}>{t('setWeight')}</Button>
          </div>
          <WhereItBelongs definition={definition} refs={refs} edits={edits} />
        </div>
      )}
    </Panel>
  );
}
