// Yes or no, taken together with the form. The label is part of it.
'use client';
import { useId, type InputHTMLAttributes, type ReactNode, type Ref } from 'react';

export interface CheckboxProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'children'> {
  label: ReactNode;
  hint?: ReactNode;
  ref?: Ref<HTMLInputElement> | undefined;
}

export function Checkbox({ label, hint, className = '', ...rest }: CheckboxProps) {
  const hintId = useId();
  return (
    <div className={className}>
      <label className="inline-flex items-start gap-2">
        <span className="relative mt-0.5 inline-flex size-4 shrink-0">
          <input
            aria-describedby={hint ? hintId : undefined}
            {...rest}
            type="checkbox"
            className="peer size-4 appearance-none rounded-sm border border-line-strong bg-panel checked:border-accent checked:bg-accent disabled:opacity-60"
          />
          <svg
            viewBox="0 0 12 12"
            className="pointer-events-none absolute top-0.5 left-0.5 hidden size-3 text-on-accent peer-checked:block"
            aria-hidden="true"
          >
            <path d="M2 6.2 5 9l5-6" fill="none" stroke="currentColor" strokeWidth="1.8" />
          </svg>
        </span>
        <span>{label}</span>
      </label>
      {hint && (
        <p id={hintId} className="ml-6 text-sm text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}
