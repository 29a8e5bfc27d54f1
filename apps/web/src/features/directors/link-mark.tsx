'use client';
// How the panel's link to a director stands: glyph, word, and since when it is silent.
import { StatusGlyph, type Status } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { LinkState, LinkView } from '../../server/gateway/director-view.ts';
import { useSince } from '../time/when.tsx';
import { useFaultText } from '../words/use-fault-text.ts';

const glyphs: Record<LinkState, Status> = {
  connecting: 'unknown', connected: 'up', silent: 'stale', wrongKey: 'down', versionMismatch: 'down', refused: 'down',
};

/** What does not mend itself is told in words where there is room for them. */
const lasting: readonly LinkState[] = ['wrongKey', 'versionMismatch', 'refused'];

export interface LinkMarkProps {
  link: Pick<LinkView, 'state' | 'lastSeenAt' | 'error'>;
  withReason?: boolean;
  /** Since when is in the tip alone. */
  brief?: boolean;
}

export function LinkMark({ link, withReason = false, brief = false }: LinkMarkProps) {
  const t = useTranslations('links');
  const faultText = useFaultText();
  const word = t(link.state);
  const reason = link.error === null ? undefined : faultText(link.error);
  return (
    <span title={reason}>
      {link.state === 'connected' || link.lastSeenAt === null
        ? <StatusGlyph status={glyphs[link.state]} label={word} showLabel />
        : <LastSeen status={glyphs[link.state]} word={word} atMs={link.lastSeenAt} brief={brief} />}
      {withReason && lasting.includes(link.state) && <span className="block w-60 py-0.5 text-sm leading-4 whitespace-normal text-muted">{reason}</span>}
    </span>
  );
}

function LastSeen({ status, word, atMs, brief }: { status: Status; word: string; atMs: number; brief: boolean }) {
  const t = useTranslations('links');
  const since = useSince();
  const whole = t('lastSeen', { word, since: since(atMs) });
  return brief ? <span title={whole}><StatusGlyph status={status} label={word} showLabel /></span> : <StatusGlyph status={status} label={whole} showLabel />;
}
