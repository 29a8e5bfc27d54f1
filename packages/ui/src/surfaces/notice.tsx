// What happened, why, and what to do about it.
'use client';
import type { ReactNode } from 'react';
import { Button } from '../controls/button.tsx';
import { Copy } from '../controls/copy.tsx';

export type NoticeTone = 'info' | 'warn' | 'error';

const SIGNS: Record<NoticeTone, { colour: string; path: string }> = {
  info: { colour: 'text-muted', path: 'M6 1.5v2M6 5v5.5' },
  warn: { colour: 'text-warn', path: 'M6 1.6 11 10.4H1ZM6 4.8v2.4M6 8.2v1' },
  error: { colour: 'text-down', path: 'M2.2 2.2 9.8 9.8M9.8 2.2 2.2 9.8' },
};

const BOXES: Record<NoticeTone, string> = {
  info: 'border-line bg-panel',
  warn: 'border-warn bg-panel',
  error: 'border-down bg-down-bg',
};

export interface NoticeAction {
  label: string;
  onAction: () => void;
  busy?: boolean | undefined;
}

export interface NoticeDetails {
  /** The heading that opens the text. */
  label: string;
  text: string;
  copyLabel: string;
  copiedLabel: string;
  failedLabel: string;
}

export interface NoticeProps {
  tone: NoticeTone;
  what: ReactNode;
  why?: ReactNode;
  todo?: ReactNode;
  action?: NoticeAction | undefined;
  details?: NoticeDetails | undefined;
  className?: string | undefined;
}

export function Notice({ tone, what, why, todo, action, details, className = '' }: NoticeProps) {
  const sign = SIGNS[tone];
  return (
    <div
      role={tone === 'error' ? 'alert' : 'status'}
      className={`flex items-start gap-2 rounded-sm border px-3 py-2 ${BOXES[tone]} ${className}`}
    >
      <svg viewBox="0 0 12 12" className={`mt-1 size-3 shrink-0 ${sign.colour}`} aria-hidden="true">
        <path d={sign.path} fill="none" stroke="currentColor" strokeWidth="1.6" />
      </svg>
      <div className="min-w-0 flex-1">
        <p className="font-medium">{what}</p>
        {why && <p>{why}</p>}
        {todo && <p className="text-muted">{todo}</p>}
        {details && <Details {...details} />}
      </div>
      {action && (
        <Button onClick={action.onAction} busy={action.busy}>
          {action.label}
        </Button>
      )}
    </div>
  );
}

function Details({ label, text, copyLabel, copiedLabel, failedLabel }: NoticeDetails) {
  return (
    <details className="mt-1">
      <summary className="text-sm text-muted">{label}</summary>
      <pre className="my-1 max-h-40 overflow-auto rounded-sm border border-line bg-panel p-2 text-sm whitespace-pre-wrap">
        {text}
      </pre>
      <Copy value={text} label={copyLabel} copiedLabel={copiedLabel} failedLabel={failedLabel} showLabel />
    </details>
  );
}
