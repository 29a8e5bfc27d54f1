'use client';
// How one director went back: to what, when, why, and what is left of it with the commands that would mend that.
import { commandOf } from '@weir/model';
import { clockText, Copy, Notice } from '@weir/ui';
import { useLocale, useTranslations } from 'use-intl';
import type { ApplyDirectorView } from '../../../server/changes/change-view.ts';
import { useOperationText } from '../../words/use-operation-text.ts';
import { OperationList } from '../operation-list.tsx';

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
  const t = useTranslations('confirm');
  const text = useBackText();
  const { steps, remaining, remainingCount } = how;
  return (
    <div className="border-t border-line">
      <Notice tone="warn" className="m-3" what={text(how)} />
      {steps.length > 0 && (
        <>
          <h3 className="px-3 pt-2 font-semibold">{t('backSteps')}</h3>
          <OperationList operations={steps} />
        </>
      )}
      {remainingCount > 0 && <Left remaining={remaining} count={remainingCount} />}
    </div>
  );
}

function Left({ remaining, count }: { remaining: How['remaining']; count: number }) {
  const t = useTranslations('confirm');
  const text = useOperationText();
  const commands = remaining.map((operation) => commandOf(operation) ?? `# ${text(operation)}`).join('\n');
  return (
    <>
      <Notice tone="error" className="m-3" what={t('remaining', { count })} />
      <OperationList operations={remaining.map((operation) => ({ operation }))} />
      <div className="flex flex-col gap-1 p-3">
        <div className="flex items-center gap-2">
          <span>{t('mend')}</span>
          <Copy value={commands} label={t('copy')} copiedLabel={t('copied')} failedLabel={t('copyFailed')} />
        </div>
        <pre className="max-h-60 overflow-auto rounded-sm border border-line p-2 text-sm">{commands}</pre>
      </div>
    </>
  );
}
