// A whole number. What was typed stays readable even when it is not one, so that the error can name it.
'use client';
import type { KeyboardEvent } from 'react';
import { TextInput, type TextInputProps } from '../text-input.tsx';
import { stepped } from './step.ts';

export interface NumberInputProps extends Omit<TextInputProps, 'type' | 'mono' | 'min' | 'max' | 'step'> {
  /** Text too, as form libraries hand it on. */
  min?: number | string | undefined;
  max?: number | string | undefined;
  /** What an arrow key adds or takes. */
  step?: number | undefined;
}

export function NumberInput({ min, max, step = 1, className = '', onKeyDown, ...rest }: NumberInputProps) {
  const keyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    onKeyDown?.(event);
    const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    const input = event.currentTarget;
    if (direction === 0 || event.defaultPrevented || input.readOnly) return;
    event.preventDefault();
    const next = stepped(input.value, direction * step, limit(min), limit(max));
    if (next !== null && next !== input.value) type(input, next);
  };
  return (
    <TextInput
      {...rest}
      mono
      inputMode="numeric"
      autoComplete="off"
      className={`text-right ${className}`}
      onKeyDown={keyDown}
    />
  );
}

function limit(value: number | string | undefined): number | undefined {
  return value === undefined || value === '' ? undefined : Number(value);
}

// Through the element's own setter and an input event, so that React and form libraries see it as typing.
function type(input: HTMLInputElement, value: string): void {
  Reflect.set(HTMLInputElement.prototype, 'value', value, input);
  input.dispatchEvent(new Event('input', { bubbles: true }));
}
