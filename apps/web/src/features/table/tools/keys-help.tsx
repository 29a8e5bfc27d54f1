'use client';
// The keys of the table.
import { Kbd } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { Popover } from '../../canvas/tools/popover.tsx';

const keys = [
  { keys: ['↑', '↓', '←', '→'], of: 'arrows' }, { keys: ['Home', 'End', 'Ctrl Home', 'Ctrl End'], of: 'ends' }, { keys: ['Enter', 'F2'], of: 'edit' },
  { keys: ['Enter', 'Shift Enter'], of: 'put' }, { keys: ['Tab', 'Shift Tab'], of: 'tab' }, { keys: ['Esc'], of: 'escape' }, { keys: ['Ctrl Enter'], of: 'all' },
  { keys: ['Space', 'Shift ↑', 'Shift ↓', 'Ctrl A'], of: 'select' }, { keys: ['Insert'], of: 'add' }, { keys: ['Ctrl D'], of: 'duplicate' }, { keys: ['Del'], of: 'delete' },
  { keys: ['Ctrl Z', 'Ctrl Shift Z'], of: 'undo' }, { keys: ['Ctrl F'], of: 'search' },
] as const;

export function KeysHelp({ label }: { label: string }) {
  const t = useTranslations('draftTable.keys');
  return (
    <Popover label={label}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-3 gap-y-1.5">
        {keys.map(({ keys: each, of }) => (
          <div key={of} className="contents">
            <dt className="flex flex-wrap gap-1">{each.map((key) => <Kbd key={key}>{key}</Kbd>)}</dt>
            <dd>{t(of)}</dd>
          </div>
        ))}
      </dl>
    </Popover>
  );
}
