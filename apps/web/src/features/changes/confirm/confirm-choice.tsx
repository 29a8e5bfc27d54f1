'use client';
// What an order says of itself: after how long its directors go back unless it is confirmed, and whether the first one goes alone.
import { Checkbox, durationText, Field, Select } from '@weir/ui';
import { useTranslations } from 'use-intl';

export interface ConfirmChoiceValue {
  /** Null: nobody needs to confirm. */
  readonly withinMs: number | null;
  readonly firstAlone: boolean;
}

export interface ConfirmChoiceProps {
  value: ConfirmChoiceValue;
  onChange: (value: ConfirmChoiceValue) => void;
  directors: number;
}

const second = 1_000;
const minute = 60 * second;
const spansMs = [30 * second, minute, 2 * minute, 5 * minute, 10 * minute, 30 * minute, 60 * minute];

/** What is offered where a change is above the limit. */
export const usualWithinMs = 2 * minute;

export function ConfirmChoice({ value, onChange, directors }: ConfirmChoiceProps) {
  const t = useTranslations('confirm');
  const options = spansMs.map((ms) => ({ value: String(ms), label: t('unless', { span: durationText(ms) }) }));
  return (
    <>
      <Field label={t('choice')}>
        <Select
          value={value.withinMs === null ? 'off' : String(value.withinMs)}
          onChange={({ target }) => onChange({ ...value, withinMs: target.value === 'off' ? null : Number(target.value) })}
          options={[{ value: 'off', label: t('off') }, ...options]}
        />
      </Field>
      {directors > 1 && (
        <Checkbox
          className="pb-1.5" label={t('firstAlone')} checked={value.firstAlone}
          onChange={({ target }) => onChange({ ...value, firstAlone: target.checked })}
        />
      )}
    </>
  );
}
