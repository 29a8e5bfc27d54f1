// On or off, at once. The label is part of it.
'use client';
import { Switch as BaseSwitch } from '@base-ui/react/switch';
import type { ReactNode } from 'react';

export interface SwitchProps {
  label: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean | undefined;
}

export function Switch({ label, checked, onChange, disabled = false }: SwitchProps) {
  return (
    <label className="inline-flex h-8 items-center gap-2">
      <BaseSwitch.Root
        checked={checked}
        onCheckedChange={(next) => onChange(next)}
        disabled={disabled}
        className="inline-flex h-4 w-7 shrink-0 items-center rounded-full border border-line-strong bg-panel px-0.5 data-checked:justify-end data-checked:border-accent data-checked:bg-accent data-disabled:opacity-60"
      >
        <BaseSwitch.Thumb className="size-2.5 rounded-full bg-line-strong data-checked:bg-on-accent" />
      </BaseSwitch.Root>
      <span>{label}</span>
    </label>
  );
}
