'use client';
// A word of explanation over the drawing, behind a button.
import { Popover as BasePopover } from '@base-ui/react/popover';
import { buttonClass } from '@weir/ui';
import type { ReactNode, Ref } from 'react';

export function Popover({ label, buttonRef, children }: { label: string; buttonRef?: Ref<HTMLButtonElement>; children: ReactNode }) {
  return (
    <BasePopover.Root>
      <BasePopover.Trigger ref={buttonRef} className={buttonClass('quiet', 'h-7 px-2')}>{label}</BasePopover.Trigger>
      <BasePopover.Portal>
        <BasePopover.Positioner align="end" sideOffset={6} className="z-40">
          <BasePopover.Popup aria-label={label} className="max-h-[70dvh] w-96 max-w-[calc(100vw-32px)] overflow-y-auto rounded-md border border-line-strong bg-panel p-3 text-text shadow-overlay">
            {children}
          </BasePopover.Popup>
        </BasePopover.Positioner>
      </BasePopover.Portal>
    </BasePopover.Root>
  );
}
