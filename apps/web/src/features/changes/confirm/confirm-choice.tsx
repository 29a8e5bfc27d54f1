'use client';
// What an order says of itself: after how long its directors go back unless it is confirmed, and whether the first one goes alone.
import { Checkbox, durationText, Field, Select } from '@weir/ui';
import { useLocale, useTranslations } from 'use-intl';

export interface ConfirmChoiceValue {
  /** Null: nobody needs to confirm. Undefined: nobody chose. */
  readonly withinMs: number | null | undefined;
  readonly firstAlone: boolean;
}

export interface ConfirmChoiceProps {
  value: ConfirmChoiceValue;
  onChange: (value: ConfirmChoiceValue) => void;
  /** What holds: as chosen, or as usual. */
  withinMs: number | null;
  mayGoBack: boolean;
  directors: number;
}

const second = 1_000;
const minute = 60 * second;
const spansMs = [30 * second, minute, 2 * minute, 5 * minute, 10 * minute, 30 * minute, 60 * minute];

/** What is offered where a change is above the limit. */
const usualWithinMs = 2 * minute;

/** As chosen; until somebody chooses, as the plan asks for, also where it is another one by now. Null where there is nothing to go back to. */
export function withinOf({ withinMs }: ConfirmChoiceValue, { aboveLimit, mayGoBack }: { readonly aboveLimit: boolean; readonly mayGoBack: boolean }): number | null {
  if (!mayGoBack) return null;
  return withinMs === undefined ? (aboveLimit ? usualWithinMs : null) : withinMs;
}

export function ConfirmChoice({ value, withinMs, mayGoBack, onChange, directors }: ConfirmChoiceProps) {
  const t = useTranslations('confirm');
  const locale = useLocale();
  const options = spansMs.map((ms) => ({ value: String(ms), label: t('unless', { span: durationText(ms, locale) }) }));
  return (
    <>
      {mayGoBack && (
        <Field label={t('choice')}>
          <Select
            value={withinMs === null ? 'off' : String(withinMs)}
            onChange={({ target }) => onChange({ ...value, withinMs: target.value === 'off' ? null : Number(target.value) })}
            options={[{ value: 'off', label: t('off') }, ...options]}
          />
        </Field>
      )}
      {directors > 1 && (
        <Checkbox
          className="pb-1.5" label={t('firstAlone')} checked={value.firstAlone}
          onChange={({ target }) => onChange({ ...value, firstAlone: target.checked })}
        />
      )}
    </>
  );
}
