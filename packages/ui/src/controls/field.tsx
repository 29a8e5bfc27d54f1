// A labelled control with its hint and its error, tied together for assistive technology.
'use client';
import { createContext, useContext, useId, useMemo, type ReactNode } from 'react';

interface FieldLink {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
  required: boolean;
}

const FieldContext = createContext<FieldLink | null>(null);

interface ControlProps {
  id?: string | undefined;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | 'true' | 'false' | 'grammar' | 'spelling' | undefined;
  'aria-required'?: boolean | 'true' | 'false' | undefined;
}

/** What a control inside a Field takes from it. The id is the Field's, or its label would lose the control. */
export function useFieldControl(own: ControlProps): ControlProps {
  const field = useContext(FieldContext);
  if (!field) return own;
  return {
    id: field.id,
    'aria-describedby': own['aria-describedby'] ?? field.describedBy,
    'aria-invalid': own['aria-invalid'] ?? (field.invalid || undefined),
    'aria-required': own['aria-required'] ?? (field.required || undefined),
  };
}

export interface FieldProps {
  label: ReactNode;
  /** One control of this package, or any that uses useFieldControl. */
  children: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  required?: boolean | undefined;
  /** Keeps the label for assistive technology only, as in a table of inputs. */
  hideLabel?: boolean | undefined;
  /** The control's id, where something else must refer to it. */
  id?: string | undefined;
  className?: string | undefined;
}

export function Field({ label, children, hint, error, required = false, hideLabel = false, className = '', ...rest }: FieldProps) {
  const ownId = useId();
  const id = rest.id ?? ownId;
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = error ? `${id}-error` : undefined;
  const describedBy = [errorId, hintId].filter(Boolean).join(' ') || undefined;
  const invalid = Boolean(error);
  const link = useMemo(() => ({ id, describedBy, invalid, required }), [id, describedBy, invalid, required]);
  return (
    <FieldContext value={link}>
      <div className={`flex min-w-0 flex-col gap-1 ${className}`}>
        <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-sm text-muted'}>
          {label}
        </label>
        {children}
        {error && (
          <p id={errorId} className="flex items-start gap-1.5 text-sm text-down">
            <svg viewBox="0 0 12 12" className="mt-0.5 size-3 shrink-0" aria-hidden="true">
              <path d="M2.2 2.2 9.8 9.8M9.8 2.2 2.2 9.8" fill="none" stroke="currentColor" strokeWidth="2" />
            </svg>
            <span className="min-w-0">{error}</span>
          </p>
        )}
        {hint && (
          <p id={hintId} className="text-sm text-muted">
            {hint}
          </p>
        )}
      </div>
    </FieldContext>
  );
}
