'use client';
// The commands that would mend what a director could not undo, for a person at its terminal.
import { commandOf } from '@weir/model';
import type { PlanOperation } from '@weir/model';
import { Copy } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { useOperationText } from '../../words/use-operation-text.ts';

/** What no command says stands there as a comment; where none says anything there is nothing to show. */
export function Mend({ operations }: { operations: readonly PlanOperation[] }) {
  const t = useTranslations('confirm');
  const text = useOperationText();
  const commands = operations.map((operation) => ({ command: commandOf(operation), text: text(operation) }));
  if (commands.every(({ command }) => command === null)) return null;
  const lines = commands.map(({ command, text: words }) => command ?? `# ${words}`).join('\n');
  return (
    <div className="flex flex-col gap-1 p-3">
      <div className="flex items-center gap-2">
        <span>{t('mend')}</span>
        <Copy value={lines} label={t('copy')} copiedLabel={t('copied')} failedLabel={t('copyFailed')} />
      </div>
      <pre className="max-h-60 overflow-auto rounded-sm border border-line p-2 text-sm">{lines}</pre>
    </div>
  );
}
