// A window over the page for one task. Escape and the sign in the corner close it.
'use client';
import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { useRef, type ReactNode } from 'react';
import { popupClass, backdropClass } from './overlay.ts';

export interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  children: ReactNode;
  /** The verbs, the main one last. */
  footer?: ReactNode;
  closeLabel: string;
}

export function Dialog({ open, onOpenChange, title, description, children, footer, closeLabel }: DialogProps) {
  const body = useRef<HTMLDivElement>(null);
  // The first thing to fill in; without one, base-ui's own choice.
  const firstControl = () => body.current?.querySelector<HTMLElement>('input,select,textarea') ?? true;
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={backdropClass} />
        <BaseDialog.Popup className={`${popupClass} w-[560px]`} initialFocus={firstControl}>
          <header className="flex items-start gap-3 border-b border-line px-4 py-3">
            <div className="min-w-0 flex-1">
              <BaseDialog.Title className="text-lg font-semibold">{title}</BaseDialog.Title>
              {description && <BaseDialog.Description className="text-muted">{description}</BaseDialog.Description>}
            </div>
            <BaseDialog.Close
              aria-label={closeLabel}
              className="inline-flex size-6 items-center justify-center rounded-sm text-muted hover:bg-raised hover:text-text"
            >
              <svg viewBox="0 0 12 12" className="size-3" fill="none" stroke="currentColor" aria-hidden="true">
                <path d="M2 2 10 10M10 2 2 10" strokeWidth="1.4" />
              </svg>
            </BaseDialog.Close>
          </header>
          <div ref={body} className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
          {footer && <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">{footer}</footer>}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
