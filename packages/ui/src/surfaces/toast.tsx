// Short words about what was just done, with at most one action, as Undo. They leave by themselves.
'use client';
import { Toast } from '@base-ui/react/toast';
import { useCallback, type ReactNode } from 'react';
import { buttonClass } from '../controls/button-class.ts';

// Long enough to read and to reach Undo; stands still while pointed at or focused.
const shownMs = 8_000;

export interface ToastText {
  /** What was done, with the object: "Weight of 10.0.1.12:443 set to 0". */
  text: string;
  action?: { label: string; onAction: () => void } | undefined;
  /** Says it at once instead of when there is time. */
  urgent?: boolean | undefined;
}

export interface ToastRegionProps {
  /** Names the region for assistive technology. */
  label: string;
  closeLabel: string;
  children: ReactNode;
}

/** Wraps the page; inside it useToast works. */
export function ToastRegion({ label, closeLabel, children }: ToastRegionProps) {
  return (
    <Toast.Provider timeout={shownMs}>
      {children}
      <Toast.Portal>
        <Toast.Viewport aria-label={label} className="fixed right-4 bottom-4 z-50 flex w-90 max-w-[calc(100vw-32px)] flex-col gap-2">
          <Shown closeLabel={closeLabel} />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function Shown({ closeLabel }: { closeLabel: string }) {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      // It asks for nothing and takes no focus: no dialog.
      role={toast.priority === 'high' ? 'alert' : 'status'}
      aria-modal={undefined}
      className="rounded-md border border-line-strong bg-panel shadow-overlay transition-opacity duration-120 ease-out data-ending-style:opacity-0 data-limited:hidden data-starting-style:opacity-0"
    >
      <Toast.Content className="flex items-center gap-2 py-1.5 pr-1.5 pl-3">
        <Toast.Title className="min-w-0 flex-1 text-base" render={<p />} />
        <Toast.Action className={buttonClass('secondary', 'h-7')} />
        {/* It can be reached with the keyboard, so it is there for everybody. */}
        <Toast.Close aria-label={closeLabel} aria-hidden={false} className="inline-flex size-6 items-center justify-center rounded-sm text-muted hover:bg-raised">
          <svg viewBox="0 0 12 12" className="size-3" fill="none" stroke="currentColor" aria-hidden="true">
            <path d="M2 2 10 10M10 2 2 10" strokeWidth="1.4" />
          </svg>
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}

/** Shows a text in the nearest ToastRegion. */
export function useToast(): (toast: ToastText) => void {
  const { add, close } = Toast.useToastManager();
  return useCallback(
    ({ text, action, urgent }) => {
      const id: string = add({
        title: text,
        priority: urgent ? 'high' : 'low',
        ...(action && {
          actionProps: {
            children: action.label,
            onClick: () => {
              close(id);
              action.onAction();
            },
          },
        }),
      });
    },
    [add, close],
  );
}
