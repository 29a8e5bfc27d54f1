'use client';
// One of a few, all in sight.

export interface ChoiceProps<T extends string> {
  label: string;
  options: readonly { readonly value: T; readonly label: string }[];
  /** Null: none of them. */
  value: T | null;
  onChoose: (value: T) => void;
  mono?: boolean | undefined;
}

export function Choice<T extends string>({ label, options, value, onChoose, mono = false }: ChoiceProps<T>) {
  return (
    <fieldset aria-label={label} className="inline-flex h-8 overflow-hidden rounded-sm border border-line bg-panel">
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChoose(option.value)}
          className={`px-2.5 whitespace-nowrap focus-visible:-outline-offset-2 ${mono ? 'font-mono' : ''} ${option.value === value ? 'bg-raised' : 'text-muted hover:text-text'}`}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
