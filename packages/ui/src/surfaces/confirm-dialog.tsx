// A question before something that cannot be undone or that touches traffic. The focus is on Cancel, so Enter does not confirm.
'use client';
import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useRef, type ReactNode } from 'react';
import { Button } from '../controls/button.tsx';
import { popupClass, backdropClass } from './overlay.ts';

export interface ConfirmDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** The verb and the object: "Remove 2 real servers from web-edge". */
  title: ReactNode;
  /** What it does, in numbers: "318 connections end." */
  effect: ReactNode;
  children?: ReactNode;
  /** The verb again: "Remove 2 servers". */
  confirmLabel: string;
  cancelLabel: string;
  onConfirm: () => void;
  busy?: boolean | undefined;
  /** Takes something away. */
  danger?: boolean | undefined;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const cancel = useRef<HTMLButtonElement>(null);
  const { open, onOpenChange, title, effect, children, confirmLabel, cancelLabel, onConfirm, busy, danger } = props;
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={backdropClass} />
        <AlertDialog.Popup className={`${popupClass} w-[440px]`} initialFocus={cancel}>
          <div className="flex min-h-0 flex-col gap-2 overflow-y-auto p-4">
            <AlertDialog.Title className="text-lg font-semibold">{title}</AlertDialog.Title>
            <AlertDialog.Description>{effect}</AlertDialog.Description>
            {children}
          </div>
          <footer className="flex flex-wrap justify-end gap-2 border-t border-line px-4 py-3">
            <AlertDialog.Close ref={cancel} render={<Button />}>
              {cancelLabel}
            </AlertDialog.Close>
            <Button variant={danger ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>
              {confirmLabel}
            </Button>
          </footer>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
