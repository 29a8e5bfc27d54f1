'use client';
// One figure of a table: a number with its unit, a dash for what is not known, a word for what a director cannot see.
import { exactText, quantityText, unknownText, type Quantity } from '@weir/ui';
import { useLocale, useTranslations } from 'use-intl';

export interface FigureProps {
  value: number | string | null;
  quantity: Quantity;
}

const digits = /^\d+$/;

export function Figure({ value, quantity }: FigureProps) {
  const t = useTranslations('unseen');
  const locale = useLocale();
  if (value === null) return <span title={t('unknown')}>{unknownText}</span>;
  if (value === 'replyBypassesDirector' || value === 'userSpace') {
    return <span className="font-sans text-sm text-muted" title={t(`why.${value}`)}>{t('unseen')}</span>;
  }
  const number = typeof value === 'string' && digits.test(value) ? BigInt(value) : Number(value);
  return <span title={exactText(number, locale)}>{quantity === 'count' ? exactText(number, locale) : quantityText(number, quantity, locale)}</span>;
}
