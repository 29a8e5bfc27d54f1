// How packets travel, as one drawing used in tables, forms and legends.
import type { MethodKind } from '@weir/model';
import type { ReactNode } from 'react';

const DRAWINGS: Record<MethodKind, ReactNode> = {
  // Requests and answers both pass the director.
  nat: <path d="M2 4.5H33M29.5 1.5 33.5 4.5 29.5 7.5M34 10.5H3M6.5 7.5 2.5 10.5 6.5 13.5" />,
  // The answer goes round the director.
  dr: (
    <>
      <path d="M1.5 10.5H33M29.5 7.5 33.5 10.5 29.5 13.5" />
      <path d="M33 6.5C27 .6 9 .6 2 6.5" strokeDasharray="2.5 2" />
    </>
  ),
  // The packet travels inside another.
  tun: (
    <>
      <rect x="5.5" y="3" width="25" height="8" rx="4" />
      <path d="M1 7H34M30.5 4.5 34.5 7 30.5 9.5" />
    </>
  ),
  // Two connections: user space ends the one and begins the other.
  proxied: (
    <>
      <path d="M.5 7H9M6.5 4.5 10 7 6.5 9.5M26 7H34.5M31.5 4.5 35 7 31.5 9.5" />
      <rect x="13" y="2" width="10" height="10" rx="1.5" fill="currentColor" stroke="none" />
    </>
  ),
};

export interface WireProps {
  method: MethodKind;
  /** The forwarding method in words; the drawing's accessible name. */
  label: string;
  className?: string | undefined;
}

export function Wire({ method, label, className = '' }: WireProps) {
  return (
    <svg
      viewBox="0 0 36 14"
      width="36"
      height="14"
      className={`inline-block shrink-0 text-muted ${className}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.2"
      role="img"
      aria-label={label}
      data-wire={method}
    >
      <title>{label}</title>
      {DRAWINGS[method]}
    </svg>
  );
}
