// Copies an address or a report with one click and says whether it worked.
'use client';
import { useEffect, useState } from 'react';
import { copyText } from './clipboard.ts';

// How long the answer stays before the button offers itself again.
const answerMs = 2_000;

export interface CopyProps {
  value: string;
  /** Names the action and what is copied: "Copy 10.0.1.12:443". */
  label: string;
  copiedLabel: string;
  failedLabel: string;
  /** Shows the words beside the sign. */
  showLabel?: boolean | undefined;
}

type Answer = 'copied' | 'failed' | null;

export function Copy({ value, label, copiedLabel, failedLabel, showLabel = false }: CopyProps) {
  const [answer, setAnswer] = useState<Answer>(null);
  useEffect(() => {
    if (answer === null) return undefined;
    const timer = setTimeout(() => setAnswer(null), answerMs);
    return () => clearTimeout(timer);
  }, [answer]);
  const copy = async () => setAnswer((await copyText(value)) ? 'copied' : 'failed');
  const words = answer === 'copied' ? copiedLabel : answer === 'failed' ? failedLabel : label;
  return (
    <span className="inline-flex shrink-0 items-center">
      <button
        type="button"
        onClick={() => void copy()}
        title={words}
        aria-label={label}
        className={`inline-flex h-6 min-w-6 items-center justify-center gap-1.5 rounded-sm px-1 text-sm hover:bg-raised ${answer === 'failed' ? 'text-down' : 'text-muted hover:text-text'}`}
      >
        <CopySign answer={answer} />
        {showLabel && <span>{words}</span>}
      </button>
      <output className="sr-only">{answer !== null && words}</output>
    </span>
  );
}

function CopySign({ answer }: { answer: Answer }) {
  return (
    <svg viewBox="0 0 12 12" className="size-3" fill="none" stroke="currentColor" strokeWidth="1.2" aria-hidden="true">
      {answer === 'copied' && <path d="M2 6.2 5 9l5-6" strokeWidth="1.6" />}
      {answer === 'failed' && <path d="M2.5 2.5 9.5 9.5M9.5 2.5 2.5 9.5" strokeWidth="1.6" />}
      {answer === null && <path d="M4 3.8V1.1h6.9v6.9H8.2M1.1 4h6.9v6.9H1.1Z" />}
    </svg>
  );
}
