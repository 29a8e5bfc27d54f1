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

export function LinkMark({ link, withReason = false }: { link: LinkView; withReason?: boolean }) {
  const t = useTranslations('links');
  const faultText = useFaultText();
  const word = t(link.state);
  const reason = link.error === null ? undefined : faultText(link.error);
  return (
    <span title={reason}>
      {link.state === 'connected' || link.lastSeenAt === null
        ? <StatusGlyph status={glyphs[link.state]} label={word} showLabel />
        : <LastSeen status={glyphs[link.state]} word={word} atMs={link.lastSeenAt} />}
      {withReason && lasting.includes(link.state) && <span className="block w-60 py-0.5 text-sm leading-4 whitespace-normal text-muted">{reason}</span>}
    </span>
  );
}

function LastSeen({ status, word, atMs }: { status: Status; word: string; atMs: number }) {
  const t = useTranslations('links');
  const since = useSince();
  return <StatusGlyph status={status} label={t('lastSeen', { word, since: since(atMs) })} showLabel />;
}
