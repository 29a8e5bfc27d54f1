// A line of text; addresses and numbers in mono.
'use client';
import type { InputHTMLAttributes, Ref } from 'react';
import { useFieldControl } from './field.tsx';

/** The box that every one-line control shares. */
export const controlClass =
  'h-8 w-full min-w-0 rounded-sm border border-line-strong bg-panel px-2 text-base text-text aria-invalid:border-down disabled:opacity-60';

export interface TextInputProps extends InputHTMLAttributes<HTMLInputElement> {
  mono?: boolean | undefined;
  ref?: Ref<HTMLInputElement> | undefined;
}

export function TextInput({ mono = false, className = '', type = 'text', ...rest }: TextInputProps) {
  const linked = useFieldControl(rest);
  return <input {...rest} {...linked} type={type} className={`${controlClass} read-only:bg-raised ${mono ? 'font-mono' : ''} ${className}`} />;
}
