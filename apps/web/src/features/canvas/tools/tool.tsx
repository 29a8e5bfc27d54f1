'use client';
// A button of the toolbar: a drawing, and its name for who points at it or does not see it.
import { Button } from '@weir/ui';
import type { ReactNode } from 'react';

export interface ToolProps {
  label: string;
  disabled?: boolean;
  onPress: () => void;
  children: ReactNode;
}

export function Tool({ label, disabled = false, onPress, children }: ToolProps) {
  return (
    <Button variant="quiet" className="h-7" aria-label={label} title={label} aria-disabled={disabled || undefined} onClick={() => !disabled && onPress()}>
      <svg viewBox="0 0 16 16" className="size-4 shrink-0" fill="none" stroke="currentColor" strokeWidth="1.3" aria-hidden="true">{children}</svg>
    </Button>
  );
}
