'use client';
// What can be added: pressed, or dragged onto the drawing.
import { buttonClass } from '@weir/ui';
import type { DragEvent, ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { KnownDirector } from '../../cluster-form/definition/findings.ts';
import { paletteType } from '../canvas.tsx';
import type { CanvasEditing } from '../canvas.tsx';

export interface PaletteProps {
  editing: CanvasEditing;
  /** Where a real server would go; null: nothing is chosen that it could belong to. */
  serviceId: string | null;
  /** Directors that are not in the cluster. */
  free: readonly KnownDirector[];
  onAddDirector: (directorId: string) => void;
}

export function Palette({ editing, serviceId, free, onAddDirector }: PaletteProps) {
  const t = useTranslations('canvas');
  return (
    <fieldset aria-label={t('palette')} className="min-w-0 flex flex-wrap items-center gap-1">
      <Item kind="service" label={t('addService')} onPress={editing.onAddService}><rect x="1.5" y="3.5" width="13" height="9" rx="1.5" /><path d="M4 6.5h6M4 9.5h4" /></Item>
      <Item kind="realServer" label={t('addRealServer')} disabled={serviceId === null} why={t('chooseService')} onPress={() => serviceId !== null && editing.onAddRealServer(serviceId)}>
        <rect x="2.5" y="2.5" width="11" height="4.5" rx="1" /><rect x="2.5" y="9" width="11" height="4.5" rx="1" /><path d="M5 4.75h1M5 11.25h1" />
      </Item>
      {free.map(({ id, name }) => (
        <Item key={id} kind={`director:${id}`} label={t('addDirector', { name })} onPress={() => onAddDirector(id)}>
          <path d="M8 1.5 14.5 8 8 14.5 1.5 8Z" /><path d="M5 8h6M8.5 5.5 11 8l-2.5 2.5" />
        </Item>
      ))}
    </fieldset>
  );
}

interface ItemProps {
  kind: string;
  label: string;
  disabled?: boolean;
  why?: string;
  onPress: () => void;
  children: ReactNode;
}

function Item({ kind, label, disabled = false, why, onPress, children }: ItemProps) {
  const t = useTranslations('canvas');
  const drag = (event: DragEvent) => {
    event.dataTransfer.setData(paletteType, kind);
    event.dataTransfer.effectAllowed = 'copy';
  };
  return (
    // Not a Button of the library: that one holds what is pressed, and what is held cannot be dragged.
    <button
      type="button" draggable onDragStart={drag} aria-disabled={disabled || undefined} title={disabled ? why : t('dragHint')} onClick={onPress}
      className={buttonClass('secondary', disabled ? 'text-muted' : '')}
    >
      <svg viewBox="0 0 16 16" className="size-4 shrink-0" fill="none" stroke="currentColor" strokeWidth="1.2" aria-hidden="true">{children}</svg>
      + {label}
    </button>
  );
}
