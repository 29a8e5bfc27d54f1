'use client';
// Which piece of time the charts of a page show: its spans, steps back and forward, nearer and farther, and back to what is live.
import { Button, Kbd } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { Choice } from './choice.tsx';
import { spans, upToNow } from './range.ts';
import type { RangeChoice } from './use-range.ts';
import { useRangeKeys } from './use-range-keys.ts';

export function RangeBar({ choice }: { choice: RangeChoice }) {
  const t = useTranslations('charts');
  const words = useTranslations('traffic');
  const { range, choose, move, scale, live } = choice;
  useRangeKeys(choice);
  return (
    <fieldset aria-label={t('time')} className="flex min-w-0 flex-wrap items-center gap-2">
      <Choice
        label={words('range')} value={range.kind === 'piece' ? null : range.span} onChoose={(span) => choose(upToNow(span))} mono
        options={spans.map((span) => ({ value: span, label: t(`spans.${span}`) }))}
      />
      <span className="inline-flex">
        <Step label={t('back')} sign="[" onStep={() => move('back')} />
        <Step label={t('forward')} sign="]" onStep={() => move('forward')} disabled={range.kind !== 'piece'} />
        <Step label={t('farther')} sign="−" onStep={() => scale(2)} />
        <Step label={t('nearer')} sign="+" onStep={() => scale(0.5)} />
      </span>
      {range.kind === 'piece' && <Button onClick={live}>{t('live')} <Kbd>Esc</Kbd></Button>}
    </fieldset>
  );
}

function Step({ label, sign, onStep, disabled = false }: { label: string; sign: string; onStep: () => void; disabled?: boolean }) {
  return <Button variant="quiet" className="w-8 px-0 font-mono" aria-label={label} title={label} onClick={onStep} disabled={disabled}>{sign}</Button>;
}
