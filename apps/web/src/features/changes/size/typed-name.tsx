'use client';
// Above the limit: the name of the cluster, typed, so that nobody cuts much by one careless click.
import { CHANGE_LIMIT } from '@weir/model';
import { Field, TextInput } from '@weir/ui';
import { useTranslations } from 'use-intl';

export interface TypedNameProps {
  name: string;
  typed: string;
  onTyped: (typed: string) => void;
}

export function TypedName({ name, typed, onTyped }: TypedNameProps) {
  const t = useTranslations('changes.limit');
  const { services, percentOfConnections: percent } = CHANGE_LIMIT;
  return (
    <div className="flex flex-col gap-2 rounded-sm border border-warn bg-panel px-3 py-2">
      <p className="font-medium">{t('above', { services, percent })}</p>
      <Field label={t('type', { name })} className="max-w-80">
        <TextInput value={typed} onChange={(event) => onTyped(event.target.value)} autoComplete="off" spellCheck={false} maxLength={1_000} />
      </Field>
    </div>
  );
}
