// Every page of one cluster: above it, what of the cluster waits for a person.
import type { ReactNode } from 'react';
import { ConfirmBar } from '../../../../features/changes/confirm/confirm-bar.tsx';

export default async function ClusterLayout({ children, params }: { children: ReactNode; params: Promise<{ id: string }> }) {
  const { id } = await params;
  return (
    <>
      <ConfirmBar clusterId={id} />
      {children}
    </>
  );
}
