'use client';
// Every key, by where it works.
import { Kbd } from '@weir/ui';
import { useTranslations } from 'use-intl';

const groups = [
  {
    of: 'everywhere',
    keys: [
      { keys: ['Ctrl K'], key: 'palette' },
      { keys: ['g', 'o'], key: 'overview' },
      { keys: ['g', 'c'], key: 'clusters' },
      { keys: ['g', 'd'], key: 'directors' },
      { keys: ['g', 'e'], key: 'events' },
      { keys: ['g', 'a'], key: 'alerts' },
      { keys: ['/'], key: 'filter' },
      { keys: ['Space'], key: 'pause' },
      { keys: ['?'], key: 'sheet' },
    ],
  },
  {
    of: 'tables',
    keys: [
      { keys: ['j', 'k'], key: 'rows' },
      { keys: ['Home', 'End'], key: 'ends' },
      { keys: ['Enter'], key: 'open' },
    ],
  },
  {
    of: 'charts',
    keys: [
      { keys: ['[', ']'], key: 'time' },
      { keys: ['+', '−'], key: 'zoom' },
      { keys: ['Esc'], key: 'toLive' },
    ],
  },
  { of: 'definitions', keys: [{ keys: ['Ctrl Z'], key: 'undo' }, { keys: ['Ctrl Shift Z'], key: 'redo' }] },
] as const;

export function KeyList() {
  const t = useTranslations('shortcuts');
  return (
    <>
      {groups.map(({ of, keys }) => (
        <section key={of} className="mb-3">
          <h3 className="mb-1.5 text-sm text-muted">{t(`groups.${of}`)}</h3>
          <dl className="grid grid-cols-[8rem_1fr] gap-x-4 gap-y-1.5">
            {keys.map(({ keys: each, key }) => (
              <div key={key} className="contents">
                <dt className="flex gap-1 whitespace-nowrap">{each.map((one) => <Kbd key={one}>{one}</Kbd>)}</dt>
                <dd>{t(`keys.${key}`)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p className="text-muted">{t('ownKeys')}</p>
    </>
  );
}
