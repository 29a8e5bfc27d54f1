'use client';
// Fields of the form by their place in the definition.
import { Field, NumberInput, Select, TextInput, type SelectOption } from '@weir/ui';
import type { ReactNode } from 'react';
import { useFormContext } from 'react-hook-form';
import { useFieldState, type ClusterPath } from './form-context.tsx';
import type { ClusterForm } from '../definition/form-values.ts';

interface PathFieldProps {
  path: ClusterPath;
  /** The object that the field belongs to: its findings stand below its row. */
  row: string;
  label: ReactNode;
  /** Other places whose findings are shown here. */
  also?: readonly ClusterPath[];
  className?: string;
  required?: boolean;
}

function emptyIsNull(value: unknown): unknown {
  return typeof value === 'string' && value.trim() === '' ? null : value;
}

// NaN is refused by the schema as "a whole number", while what was typed stays readable.
function wholeNumber(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return /^-?\d+$/.test(value.trim()) ? Number(value) : Number.NaN;
}

export function TextField({ path, row, also, nullable = false, mono = false, ...rest }: PathFieldProps & {
  nullable?: boolean; mono?: boolean;
}) {
  const { register } = useFormContext<ClusterForm>();
  const { error, mark } = useFieldState(path, row, also);
  return (
    <Field {...rest} error={error}>
      <TextInput {...register(path, nullable ? { setValueAs: emptyIsNull } : {})} mono={mono} autoComplete="off" spellCheck={false} {...mark} />
    </Field>
  );
}

export function NumberField({ path, row, also, min = 0, max, ...rest }: PathFieldProps & { min?: number; max?: number }) {
  const { register } = useFormContext<ClusterForm>();
  const { error, mark } = useFieldState(path, row, also);
  return (
    <Field {...rest} error={error}>
      <NumberInput {...register(path, { setValueAs: wholeNumber })} min={min} max={max} {...mark} />
    </Field>
  );
}

export function ChoiceField({ path, row, also, options, value, onChoose, mono = false, ...rest }: PathFieldProps & {
  options: readonly SelectOption[]; value: string; onChoose: (value: string) => void; mono?: boolean;
}) {
  const { error, mark } = useFieldState(path, row, also);
  return (
    <Field {...rest} error={error}>
      <Select value={value} options={options} onChange={(event) => onChoose(event.target.value)} mono={mono} name={path} {...mark} />
    </Field>
  );
}
