'use client';
// What concerns every page: the panel does not answer, the session is over, the page is older than the panel.
import { Notice } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { useLiveState } from '../live/live-provider.tsx';
import { signInPath } from '../session/next-page.ts';
import { useSignedOut } from '../session/signed-out.ts';

function goToSignIn() {
  window.location.assign(signInPath(window.location.pathname + window.location.search));
}

export function Banners() {
  const t = useTranslations('banners');
  const { link } = useLiveState();
  const signedOut = useSignedOut();
  if (signedOut) {
    return <Notice tone="warn" what={t('signedOut')} why={t('signedOutWhy')} action={{ label: t('signIn'), onAction: goToSignIn }} />;
  }
  if (link === 'outdated') {
    return <Notice tone="warn" what={t('outdated')} action={{ label: t('reload'), onAction: () => window.location.reload() }} />;
  }
  if (link === 'reconnecting') return <Notice tone="warn" what={t('reconnecting')} why={t('reconnectingWhy')} />;
  return null;
}
