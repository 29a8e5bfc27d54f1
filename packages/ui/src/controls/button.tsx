// A verb. Ink for the one main action, a hairline for the others, red for what takes something away.
'use client';
import type { ButtonHTMLAttributes, MouseEvent, Ref } from 'react';
import { buttonClass, type ButtonVariant } from './button-class.ts';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: ButtonVariant | undefined;
  /** Its action is under way: keeps the focus, takes no further click. */
  busy?: boolean | undefined;
  ref?: Ref<HTMLButtonElement> | undefined;
}

export function Button({ variant, busy = false, type = 'button', className, onClick, onMouseDown, children, ...rest }: ButtonProps) {
  const click = (event: MouseEvent<HTMLButtonElement>) => {
    // Enter in a form field arrives here too, as a click on the submit button.
    if (busy) event.preventDefault();
    else onClick?.(event);
  };
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    onMouseDown?.(event);
    // A field that is left says what is wrong with it, and pushes the button from under the pointer before it is a click.
    if (event.currentTarget.form?.contains(document.activeElement)) event.preventDefault();
  };
  return (
    <button
      {...rest}
      type={type}
      className={buttonClass(variant, className)}
      onClick={click}
      onMouseDown={press}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled'] || undefined}
    >
      {busy && (
        <svg viewBox="0 0 12 12" className="size-3 animate-turn" fill="none" stroke="currentColor" aria-hidden="true">
          <path d="M6 1.5a4.5 4.5 0 1 1-4.5 4.5" strokeWidth="1.5" />
        </svg>
      )}
      {children}
    </button>
  );
}
