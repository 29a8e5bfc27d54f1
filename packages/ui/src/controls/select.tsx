// One of a few. The browser's own list, so that keyboard, touch and screen readers work as everywhere.
'use client';
import type { Ref, SelectHTMLAttributes } from 'react';
import { useFieldControl } from './field.tsx';
import { controlClass } from './text-input.tsx';

export interface SelectOption {
  value: string;
  label: string;
  disabled?: boolean | undefined;
}

export interface SelectProps extends Omit<SelectHTMLAttributes<HTMLSelectElement>, 'children' | 'multiple'> {
  options: readonly SelectOption[];
  mono?: boolean | undefined;
  ref?: Ref<HTMLSelectElement> | undefined;
}

export function Select({ options, mono = false, className = '', ...rest }: SelectProps) {
  const linked = useFieldControl(rest);
  return (
    <span className={`relative inline-flex min-w-0 ${className}`}>
      <select {...rest} {...linked} className={`${controlClass} appearance-none pr-7 ${mono ? 'font-mono' : ''}`}>
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <svg
        viewBox="0 0 12 12"
        className="pointer-events-none absolute top-2.5 right-2 size-3 text-muted"
        fill="none"
        stroke="currentColor"
        aria-hidden="true"
      >
        <path d="M2.5 4.5 6 8l3.5-3.5" strokeWidth="1.5" />
      </svg>
    </span>
  );
}
