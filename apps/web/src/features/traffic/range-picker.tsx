'use client';
// 5 or 15 minutes.
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'use-intl';
import { rangeOf, type Range } from './range.ts';

const options: readonly Range[] = ['5m', '15m'];

export function useRange(): Range {
  return rangeOf(useSearchParams().get('range'));
}

export function RangePicker() {
  const t = useTranslations('traffic');
  const router = useRouter();
  const path = usePathname();
  const params = useSearchParams();
  const range = useRange();
  const choose = (option: Range) => {
    const next = new URLSearchParams(params);
    next.set('range', option);
    router.replace(`${path}?${next.toString()}`, { scroll: false });
  };
  return (
    <fieldset aria-label={t('range')} className="inline-flex h-8 overflow-hidden rounded-sm border border-line">
      {options.map((option) => (
        <button
          key={option}
          type="button"
          aria-pressed={option === range}
          onClick={() => choose(option)}
          className={`px-3 font-mono focus-visible:-outline-offset-2 ${option === range ? 'bg-raised' : 'text-muted hover:text-text'}`}
        >
          {t(`ranges.${option}`)}
        </button>
      ))}
    </fieldset>
  );
}
