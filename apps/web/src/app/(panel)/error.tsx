'use client';
// A page that broke: said in words, with a way back.
import { useEffect } from 'react';
import { BrokenPage } from '../../features/states/broken-page.tsx';

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  useEffect(() => console.error(error), [error]);
  return <BrokenPage message={error.digest ?? error.message} onRetry={reset} />;
}
