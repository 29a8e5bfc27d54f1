'use client';
// Fields of the form by their place in the definition.
import { Checkbox, Field, NumberInput, Select, TextInput, type SelectOption } from '@weir/ui';
import { useCallback, type ReactNode } from 'react';
import { useFormContext } from 'react-hook-form';
import { blankNumber } from './blank-number.ts';
import { useFieldState, type ClusterPath } from './form-context.tsx';
import type { ClusterForm } from '../definition/form-values.ts';

export interface PathFieldProps {
  path: ClusterPath;
  /** The object that the field belongs to: its findings stand below its row. */
  row: string;
  label: ReactNode;
  /** Other places whose findings are shown here. */
  also?: readonly ClusterPath[];
  hint?: ReactNode;
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

function optionalNumber(value: unknown): unknown {
  return wholeNumber(emptyIsNull(value));
}

function items(value: unknown): unknown {
  return typeof value === 'string' ? value.split(/[\s,;]+/).filter((item) => item !== '') : value;
}

function wholeNumbers(value: unknown): unknown {
  const found = items(value);
  return Array.isArray(found) ? found.map(wholeNumber) : found;
}

export function TextField({ path, row, also, nullable = false, mono = false, ...rest }: PathFieldProps & {
  nullable?: boolean; mono?: boolean;
}) {
  const { register } = useFormContext<ClusterForm>();
  const { error, missing, mark } = useFieldState(path, row, also);
  return (
    <Field {...rest} hint={missing ?? rest.hint} error={error}>
      <TextInput {...register(path, nullable ? { setValueAs: emptyIsNull } : {})} mono={mono} autoComplete="off" spellCheck={false} {...mark} />
    </Field>
  );
}

/** `nullable`: left empty it is null. */
export function NumberField({ path, row, also, min = 0, max, nullable = false, ...rest }: PathFieldProps & { min?: number; max?: number; nullable?: boolean }) {
  const { register } = useFormContext<ClusterForm>();
  const { error, missing, mark } = useFieldState(path, row, also);
  const { ref, ...field } = register(path, { setValueAs: nullable ? optionalNumber : wholeNumber });
  const hold = useCallback((input: HTMLInputElement | null) => {
    ref(input);
    blankNumber(input);
  }, [ref]);
  return (
    <Field {...rest} hint={missing ?? rest.hint} error={error}>
      <NumberInput {...field} ref={hold} min={min} max={max} {...mark} />
    </Field>
  );
}

export function ChoiceField({ path, row, also, options, value, onChoose, mono = false, ...rest }: PathFieldProps & {
  options: readonly SelectOption[]; value: string; onChoose: (value: string) => void; mono?: boolean;
}) {
  const { error, missing, mark } = useFieldState(path, row, also);
  return (
    <Field {...rest} hint={missing ?? rest.hint} error={error}>
      <Select value={value} options={options} onChange={(event) => onChoose(event.target.value)} mono={mono} name={path} {...mark} />
    </Field>
  );
}

/** Several addresses or numbers on one line, with commas or spaces between them. */
export function ListField({ path, row, also, numbers = false, ...rest }: PathFieldProps & { numbers?: boolean }) {
  const { register } = useFormContext<ClusterForm>();
  const { error, missing, mark } = useFieldState(path, row, also);
  return (
    <Field {...rest} hint={missing ?? rest.hint} error={error}>
      <TextInput {...register(path, { setValueAs: numbers ? wholeNumbers : items })} mono autoComplete="off" spellCheck={false} {...mark} />
    </Field>
  );
}

export function CheckField({ path, row, label, hint, className }: Pick<PathFieldProps, 'path' | 'row' | 'label' | 'hint' | 'className'>) {
  const { register } = useFormContext<ClusterForm>();
  const { mark } = useFieldState(path, row);
  return <Checkbox {...register(path)} label={label} hint={hint} className={className} {...mark} />;
}
