'use client';
// How one director went back: to what, when, why, and what is left of it with the commands that would mend that.
import { clockText, Notice } from '@weir/ui';
import { useLocale, useTranslations } from 'use-intl';
import type { ApplyDirectorView } from '../../../server/changes/change-view.ts';
import { Mend } from '../applied/mend.tsx';
import { OperationList } from '../operations/operation-list.tsx';

type How = NonNullable<ApplyDirectorView['wentBack']>;

export function useBackText(): (how: Pick<How, 'base' | 'why' | 'finishedAtMs'>) => string {
  const t = useTranslations('confirm');
  const locale = useLocale();
  return ({ base, why, finishedAtMs }) => {
    const at = clockText(finishedAtMs, locale);
    return base === null ? t('backToNone', { at, why }) : t('backTo', { base, at, why });
  };
}

export function WentBackPart({ how }: { how: How }) {
  const text = useBackText();
  const { steps, remaining, remainingCount } = how;
  return (
    <div className="border-t border-line">
      <h3 className="px-3 py-2 font-semibold">{text(how)}</h3>
      {steps.length > 0 && <OperationList operations={steps} />}
      {remainingCount > 0 && <Left remaining={remaining} count={remainingCount} />}
    </div>
  );
}

function Left({ remaining, count }: { remaining: How['remaining']; count: number }) {
  const t = useTranslations('confirm');
  return (
    <>
      <Notice tone="error" className="m-3" what={t('remaining', { count })} />
      <OperationList operations={remaining.map((operation) => ({ operation }))} />
      <Mend operations={remaining} />
    </>
  );
}
