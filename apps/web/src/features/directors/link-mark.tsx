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

export function LinkMark({ link }: { link: LinkView }) {
  const t = useTranslations('links');
  const faultText = useFaultText();
  const word = t(link.state);
  return (
    <span title={link.error === null ? undefined : faultText(link.error)}>
      {link.state === 'connected' || link.lastSeenAt === null
        ? <StatusGlyph status={glyphs[link.state]} label={word} showLabel />
        : <LastSeen status={glyphs[link.state]} word={word} atMs={link.lastSeenAt} />}
    </span>
  );
}

function LastSeen({ status, word, atMs }: { status: Status; word: string; atMs: number }) {
  const t = useTranslations('links');
  const since = useSince();
  return <StatusGlyph status={status} label={t('lastSeen', { word, since: since(atMs) })} showLabel />;
}
