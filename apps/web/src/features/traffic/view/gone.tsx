'use client';
// What the address names and is not there, or not any more; and what is there instead.
import { Empty, Select, type SelectOption } from '@weir/ui';

export interface GoneProps {
  title: string;
  why: string;
  /** "Choose a virtual service". */
  choose: string;
  options: readonly SelectOption[];
  onChoose: (value: string) => void;
}

export function Gone({ title, why, choose, options, onChoose }: GoneProps) {
  return (
    <Empty
      title={title} why={why}
      action={(
        <Select
          aria-label={choose} value="" onChange={(event) => onChoose(event.target.value)} className="max-w-full"
          options={[{ value: '', label: choose, disabled: true }, ...options]}
        />
      )}
    />
  );
}
