'use client';
// Some of a list of named things, each with its box.
import { Checkbox } from '@weir/ui';
import type { UseFormRegisterReturn } from 'react-hook-form';

export interface ChoicesProps {
  legend: string;
  register: UseFormRegisterReturn;
  options: readonly { readonly id: string; readonly name: string }[];
  error: string | undefined;
  /** Said where there is nothing to choose. */
  none: string;
}

export function Choices({ legend, register, options, error, none }: ChoicesProps) {
  return (
    <fieldset className="flex max-h-48 min-w-0 flex-col gap-1.5 overflow-y-auto">
      <legend className="mb-1 text-sm text-muted">{legend}</legend>
      {options.length === 0 && <p className="text-sm text-muted">{none}</p>}
      {options.map(({ id, name }) => <Checkbox key={id} {...register} value={id} label={<span className="wrap-anywhere">{name}</span>} />)}
      {error !== undefined && <p className="text-sm text-down">{error}</p>}
    </fieldset>
  );
}
