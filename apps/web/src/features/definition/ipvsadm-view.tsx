'use client';
// A definition in the words of ipvsadm, director by director, to be copied; out of the way until it is asked for.
import type { ClusterDefinition } from '@weir/model';
import { Button, Copy, Panel } from '@weir/ui';
import { useId, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useOperationText } from '../words/use-operation-text.ts';
import { ipvsadmRules } from './ipvsadm-rules.ts';

export interface IpvsadmViewProps {
  definition: ClusterDefinition;
  nameOf: (directorId: string) => string;
}

export function IpvsadmView({ definition, nameOf }: IpvsadmViewProps) {
  const t = useTranslations('ipvsadm');
  const id = useId();
  const [open, setOpen] = useState(false);
  if (definition.directors.length === 0 || definition.services.length === 0) return null;
  return (
    <Panel
      title="ipvsadm" sub={t('why')} padded={false}
      actions={<Button className="h-7" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>{t(open ? 'hide' : 'show')}</Button>}
    >
      <div id={id}>
        {open && definition.directors.map(({ directorId }) => <OfDirector key={directorId} definition={definition} directorId={directorId} name={nameOf(directorId)} />)}
      </div>
    </Panel>
  );
}

// More lines are copied, but nobody reads them, and the page must stay quick.
const shownMax = 500;

function OfDirector({ definition, directorId, name }: { definition: ClusterDefinition; directorId: string; name: string }) {
  const t = useTranslations('ipvsadm');
  const id = useId();
  const { lines, unsayable } = useMemo(() => ipvsadmRules(definition, directorId), [definition, directorId]);
  return (
    <section aria-labelledby={id} className="border-b border-line p-3 last:border-b-0">
      <div className="flex items-center gap-2">
        <h3 id={id} className="font-medium">{name}</h3>
        {lines.length > 0 && <Copy value={`${lines.join('\n')}\n`} label={t('copy', { name })} copiedLabel={t('copied')} failedLabel={t('copyFailed')} showLabel />}
      </div>
      <pre className="mt-1 font-mono break-words whitespace-pre-wrap">{lines.slice(0, shownMax).join('\n')}</pre>
      {lines.length > shownMax && <p className="text-muted">{t('more', { count: lines.length - shownMax })}</p>}
      {unsayable.length > 0 && <Unsayable operations={unsayable} />}
    </section>
  );
}

function Unsayable({ operations }: { operations: ReturnType<typeof ipvsadmRules>['unsayable'] }) {
  const t = useTranslations('ipvsadm');
  const text = useOperationText();
  return (
    <>
      <p className="mt-2 text-muted">{t('unsayable', { count: operations.length })}</p>
      <ul className="text-muted">
        {operations.slice(0, shownMax).map((operation) => <li key={text(operation)}>{text(operation)}</li>)}
      </ul>
    </>
  );
}
