// A link that acts like a button: it leads to where something is done.
import { buttonClass, type ButtonVariant } from '@weir/ui';
import Link from 'next/link';
import type { ReactNode } from 'react';

export function LinkButton({ href, variant, children }: { href: string; variant?: ButtonVariant; children: ReactNode }) {
  return (
    <Link href={href} className={buttonClass(variant)}>
      {children}
    </Link>
  );
}
