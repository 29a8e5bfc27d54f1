'use client';
// What a drain means on one director, in words: who stays connected, who comes back, and what happens to who is left.
import type { AtDeadline } from '@weir/model';
import { Copy } from '@weir/ui';
import { useFormatter, useTranslations } from 'use-intl';
import type { DrainPreview, PreviewTarget } from '../../server/drains/drain-view.ts';
import { useFaultText } from '../words/use-fault-text.ts';

export interface EffectsTextProps {
  preview: DrainPreview;
  /** Null: no deadline. */
  atDeadline: AtDeadline | null;
}

export function EffectsText({ preview: { name, targets, effects, leftWithNone, error }, atDeadline }: EffectsTextProps) {
  const t = useTranslations('drain');
  const faultText = useFaultText();
  const persistent = targets.filter(({ persistenceSeconds }) => persistenceSeconds !== null);
  return (
    <div className="flex flex-col gap-1">
      <h3 className="text-sm font-semibold">{name}</h3>
      <ul className="flex list-disc flex-col gap-1 pl-4">
        {targets.map((target) => <li key={`${target.serviceId}/${target.realServerId}`}><Counted target={target} /></li>)}
        {leftWithNone === null && <li className="text-warn">{t('leftWithNoneUnknown', { name })}</li>}
        {error !== null && <li className="text-warn">{faultText(error)}</li>}
        {effects !== null && persistent.length > 0 && (
          <li>
            {t(`remembered.${effects.remembered ?? 'unknown'}`, { services: persistent.map(({ service }) => service).join(', '), seconds: Math.max(...persistent.map(({ persistenceSeconds }) => persistenceSeconds ?? 0)) })}
            {effects.moveCommand !== null && <MoveCommand command={effects.moveCommand} />}
          </li>
        )}
        {effects !== null && atDeadline === 'remove' && <li>{t(`removal.${effects.removal}`)}</li>}
      </ul>
    </div>
  );
}

/** Weir sets no such setting: it is the whole director's. */
function MoveCommand({ command }: { command: string }) {
  const t = useTranslations('drain');
  return (
    <>
      {' '}{t('moveWith')} <span className="inline-flex items-center gap-1 align-middle"><code className="font-mono">{command}</code><Copy value={command} label={t('copy')} copiedLabel={t('copied')} failedLabel={t('copyFailed')} /></span>
    </>
  );
}

function Counted({ target: { service, realServer, counted } }: { target: PreviewTarget }) {
  const t = useTranslations('drain');
  const format = useFormatter();
  if (counted === null) return t('notCounted', { service, realServer });
  if (counted === 'gone') return t('notForwarded', { service, realServer });
  const { active, inactive, persistent } = counted;
  const remembered = persistent === null ? '—' : format.number(persistent);
  return t('connectedNow', { service, realServer, active: format.number(active), inactive: format.number(inactive), remembered });
}
