// What can be done to one thing, behind a button of three dots: for rows, where buttons of their own would take too much room.
'use client';
import { Menu as BaseMenu } from '@base-ui/react/menu';
import { buttonClass } from './button-class.ts';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly onChoose: () => void;
}

export interface MenuProps {
  /** Names the thing too: "Tasks for lvs-a". */
  label: string;
  items: readonly MenuItem[];
}

export function Menu({ label, items }: MenuProps) {
  return (
    <BaseMenu.Root modal={false}>
      <BaseMenu.Trigger aria-label={label} title={label} className={buttonClass('quiet', 'h-7 px-2')}>
        <svg viewBox="0 0 12 12" className="size-3" fill="currentColor" aria-hidden="true">
          <circle cx="1.5" cy="6" r="1.2" />
          <circle cx="6" cy="6" r="1.2" />
          <circle cx="10.5" cy="6" r="1.2" />
        </svg>
      </BaseMenu.Trigger>
      <BaseMenu.Portal>
        <BaseMenu.Positioner align="end" sideOffset={4} className="z-40">
          <BaseMenu.Popup className="min-w-32 rounded-md border border-line-strong bg-panel py-1 text-text shadow-overlay outline-none">
            {items.map(({ id, label: text, onChoose }) => (
              <BaseMenu.Item key={id} onClick={onChoose} className="flex h-8 cursor-default items-center px-3 select-none data-highlighted:bg-raised focus-visible:-outline-offset-2">
                {text}
              </BaseMenu.Item>
            ))}
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}
