'use client';
// What must be found in what was received.
import type { Expected } from '@weir/model';
import { useFormContext } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { ClusterForm } from '../../cluster-form/definition/form-values.ts';
import { ChoiceField, TextField } from '../../cluster-form/fields/path-fields.tsx';

const kinds = ['text', 'pattern', 'sha256'] as const;

export interface ExpectedFieldsProps {
  path: `definition.services.${number}.health.checks.${number}.probe.${'body' | 'expect'}`;
  row: string;
  expected: Expected | null;
  label: string;
}

function expectedOf(kind: (typeof kinds)[number]): Expected {
  switch (kind) {
    case 'text': return { kind, text: '' };
    case 'pattern': return { kind, pattern: '' };
    case 'sha256': return { kind, hash: '' };
  }
}

export function ExpectedFields({ path, row, expected, label }: ExpectedFieldsProps) {
  const t = useTranslations('healthForm.expected');
  const { setValue } = useFormContext<ClusterForm>();
  const choose = (value: string) => {
    const kind = kinds.find((each) => each === value);
    setValue(path, kind === undefined ? null : expectedOf(kind), { shouldDirty: true });
  };
  return (
    <>
      <ChoiceField
        path={`${path}.kind`} row={row} also={[path]} label={label} value={expected?.kind ?? ''} className="w-44"
        options={[{ value: '', label: t('anything') }, ...kinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))]} onChoose={choose}
      />
      {expected?.kind === 'text' && <TextField path={`${path}.text`} row={row} label={t('kinds.text')} hint={t('textHint')} mono className="w-72" required />}
      {expected?.kind === 'pattern' && <TextField path={`${path}.pattern`} row={row} label={t('kinds.pattern')} mono className="w-72" required />}
      {expected?.kind === 'sha256' && <TextField path={`${path}.hash`} row={row} label={t('kinds.sha256')} hint={t('hashHint')} mono className="w-148 max-w-full" required />}
    </>
  );
}
