'use client';
// Some of a few: each is pressed or not, and acts at once.
import { buttonClass } from '@weir/ui';

export interface ChipsProps<T extends string> {
  label: string;
  options: readonly { readonly value: T; readonly label: string }[];
  chosen: readonly T[];
  onChoose: (chosen: T[]) => void;
}

export function Chips<T extends string>({ label, options, chosen, onChoose }: ChipsProps<T>) {
  const toggled = (value: T): T[] => options.flatMap((option) => (chosen.includes(option.value) === (option.value === value) ? [] : [option.value]));
  return (
    <fieldset className="flex min-w-0 flex-wrap gap-1">
      <legend className="sr-only">{label}</legend>
      {options.map(({ value, label: name }) => (
        <button
          key={value} type="button" aria-pressed={chosen.includes(value)} onClick={() => onChoose(toggled(value))}
          className={buttonClass('secondary', 'not-aria-pressed:text-muted aria-pressed:border-accent aria-pressed:bg-raised max-md:h-10 md:h-7 md:px-2')}
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
