'use client';
// How a host is freed of what stays there: one command after the other, to take along.
import { Copy } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { DirectorRemains } from '../../server/forgetting/remains-view.ts';
import { endCommand, folderCommand, kernelCommands, resetCommand, settingsCommand } from './undo-commands.ts';

export interface UndoProps {
  remains: DirectorRemains;
  /** Other clusters on the same director, which the end of its agent would end too. */
  alsoThere: readonly string[];
}

export function Undo({ remains, alsoThere }: UndoProps) {
  const t = useTranslations('forgetting');
  const kernel = kernelCommands(remains);
  const clusters = alsoThere.join(', ');
  const too = alsoThere.length > 0;
  const end = !remains.endsWithAgent ? t('endFirst') : too ? t('endToo', { clusters }) : t('end');
  return (
    <section className="flex flex-col gap-2">
      <h3 className="font-medium">{t('undo')}</h3>
      <ol className="flex list-decimal flex-col gap-2 pl-5">
        <Step text={end} command={endCommand} />
        {kernel.length > 0 && <Step text={t('kernel')} command={kernel.join('\n')} />}
        {remains.vips.length > 0 && <Step text={t('vips')} command={remains.vips.map(({ command }) => command).join('\n')} />}
        {!remains.endsWithAgent && <Step text={t('settings')} command={settingsCommand} />}
        <Step text={too ? t('folderToo', { clusters }) : t('folder')} command={folderCommand} />
      </ol>
      <div><Command text={t('reset')} command={resetCommand(remains)} /></div>
      <p className="text-sm text-muted">{t('undoWhy')}</p>
    </section>
  );
}

function Step(props: { text: string; command: string }) {
  return <li><Command {...props} /></li>;
}

// More lines are copied, but nobody reads them, and the window must stay quick.
const shownMax = 500;

function Command({ text, command }: { text: string; command: string }) {
  const t = useTranslations('forgetting');
  const lines = command.split('\n');
  return (
    <>
      <p className="text-sm">{text}</p>
      <div className="flex items-start gap-1">
        <pre className="min-w-0 flex-1 font-mono break-words whitespace-pre-wrap">{lines.slice(0, shownMax).join('\n')}</pre>
        <Copy value={command} label={t('copyCommand')} copiedLabel={t('copied')} failedLabel={t('copyFailed')} />
      </div>
      {lines.length > shownMax && <p className="text-sm text-muted">{t('more', { count: lines.length - shownMax })}</p>}
    </>
  );
}
