'use client';
// A field whose value is another than its text: what was typed stays as it is while it means the same.
import { same } from '@weir/model';
import { Field, TextInput } from '@weir/ui';
import { useState, type ReactNode } from 'react';
import { useFormContext } from 'react-hook-form';
import type { ClusterForm } from '../../cluster-form/definition/form-values.ts';
import { useFieldState, type ClusterPath } from '../../cluster-form/fields/form-context.tsx';
import { readOptionalSeconds, readSeconds, readStatuses, writeSeconds, writeStatuses, type StatusRange } from './written.ts';

interface PlacedProps {
  path: ClusterPath;
  /** The object that the field belongs to: its findings stand below its row. */
  row: string;
  label: ReactNode;
  also?: readonly ClusterPath[];
  hint?: ReactNode;
  className?: string;
  required?: boolean;
}

interface WrittenFieldProps<T> extends PlacedProps {
  value: T;
  read: (text: string) => T;
  write: (value: T) => string;
  onWrite: (value: T) => void;
  inputMode: 'decimal' | 'text';
}

function WrittenField<T>({ path, row, also, value, read, write, onWrite, inputMode, ...rest }: WrittenFieldProps<T>) {
  const { trigger } = useFormContext<ClusterForm>();
  const { error, mark } = useFieldState(path, row, also);
  const [typed, setTyped] = useState(() => write(value));
  const check = () => void trigger(path);
  const change = (text: string) => {
    setTyped(text);
    onWrite(read(text));
    // What is wrong is said when the field is left, and taken back as soon as it is mended.
    if (error !== undefined) check();
  };
  return (
    <Field {...rest} error={error}>
      <TextInput
        name={path} value={same(read(typed), value) ? typed : write(value)} onChange={(event) => change(event.target.value)} onBlur={check}
        inputMode={inputMode} mono autoComplete="off" spellCheck={false} className={inputMode === 'decimal' ? 'text-right' : ''} {...mark}
      />
    </Field>
  );
}

export function SecondsField(props: PlacedProps & { value: number; onWrite: (ms: number) => void }) {
  return <WrittenField {...props} read={readSeconds} write={writeSeconds} inputMode="decimal" required />;
}

/** Left empty: null. */
export function OptionalSecondsField(props: PlacedProps & { value: number | null; onWrite: (ms: number | null) => void }) {
  return <WrittenField {...props} read={readOptionalSeconds} write={writeSeconds} inputMode="decimal" />;
}

export function StatusesField({ path, value, ...rest }: Omit<PlacedProps, 'path'> & {
  path: `definition.services.${number}.health.checks.${number}.probe.statuses`; value: StatusRange[]; onWrite: (statuses: StatusRange[]) => void;
}) {
  // An error stands at the end of the range that is wrong.
  const also = value.flatMap((_, index) => [`${path}.${index}.from`, `${path}.${index}.to`] as const);
  return <WrittenField {...rest} path={path} value={value} also={also} read={readStatuses} write={writeStatuses} inputMode="text" required />;
}
