'use client';
// A field whose value is another than its text: what was typed stays as it is while it means the same.
import { Probe, same } from '@weir/model';
import { Field, TextInput } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { z } from 'zod';
import { useFieldState } from '../../cluster-form/fields/form-context.tsx';
import type { PathFieldProps } from '../../cluster-form/fields/path-fields.tsx';
import { issueWords } from '../../form/issue-words.ts';
import { readOptionalSeconds, readSeconds, readStatuses, writeSeconds, writeStatuses, type StatusRange } from './written.ts';

interface WrittenFieldProps<T> extends PathFieldProps {
  value: T;
  /** What of the value can be saved. */
  schema: z.ZodType;
  read: (text: string) => T;
  write: (value: T) => string;
  onWrite: (value: T) => void;
  inputMode: 'decimal' | 'text';
}

function WrittenField<T>({ path, row, also, value, schema, read, write, onWrite, inputMode, ...rest }: WrittenFieldProps<T>) {
  const t = useTranslations('validation');
  const { error: refused, mark } = useFieldState(path, row, also);
  const [typed, setTyped] = useState(() => write(value));
  const [left, setLeft] = useState(false);
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  const words = issue === undefined ? null : issueWords(issue);
  const change = (text: string) => {
    setTyped(text);
    onWrite(read(text));
  };
  return (
    // What is wrong is said when the field is left, or was refused; and taken back as soon as it is mended.
    <Field {...rest} error={words !== null && (left || refused !== undefined) && t(words.key, words.params)}>
      <TextInput
        name={path} value={same(read(typed), value) ? typed : write(value)} onChange={(event) => change(event.target.value)} onBlur={() => setLeft(true)}
        inputMode={inputMode} mono autoComplete="off" spellCheck={false} className={inputMode === 'decimal' ? 'text-right' : ''} {...mark}
      />
    </Field>
  );
}

export function SecondsField(props: PathFieldProps & { schema: z.ZodType; value: number; onWrite: (ms: number) => void }) {
  return <WrittenField {...props} read={readSeconds} write={writeSeconds} inputMode="decimal" required />;
}

/** Left empty: null. */
export function OptionalSecondsField(props: PathFieldProps & { schema: z.ZodType; value: number | null; onWrite: (ms: number | null) => void }) {
  return <WrittenField {...props} read={readOptionalSeconds} write={writeSeconds} inputMode="decimal" />;
}

const [, http] = Probe.options;

export function StatusesField({ path, value, ...rest }: Omit<PathFieldProps, 'path'> & {
  path: `definition.services.${number}.health.checks.${number}.probe.statuses`; value: StatusRange[]; onWrite: (statuses: StatusRange[]) => void;
}) {
  // An error stands at the end of the range that is wrong.
  const also = value.flatMap((_, index) => [`${path}.${index}.from`, `${path}.${index}.to`] as const);
  return <WrittenField {...rest} path={path} value={value} schema={http.shape.statuses} also={also} read={readStatuses} write={writeStatuses} inputMode="text" required />;
}
