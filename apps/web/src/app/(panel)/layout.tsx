// Pages for people who are signed in; whoever is not is led to the door.
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { signInPath } from '../../features/session/next-page.ts';
import { pageAsked, personAsking } from '../../features/session/person-asking.ts';
import { earlyKeysScript } from '../../features/shell/early-keys.ts';
import { Shell } from '../../features/shell/shell.tsx';

export default async function PanelLayout({ children }: { children: ReactNode }) {
  const person = await personAsking();
  if (person === null) redirect(signInPath(await pageAsked()));
  const nonce = (await headers()).get('x-nonce');
  return (
    <>
      <script {...(nonce !== null && { nonce })} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: earlyKeysScript }} />
      <Shell person={{ id: person.id, name: person.name, email: person.email, role: person.role, clusterIds: person.clusterIds }}>{children}</Shell>
    </>
  );
}
