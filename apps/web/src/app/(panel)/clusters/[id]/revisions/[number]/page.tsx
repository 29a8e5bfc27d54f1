// One revision of a cluster.
import { notFound } from 'next/navigation';
import { RevisionPage } from '../../../../../../features/revisions/revision.tsx';
import { pageTitle } from '../../../../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('revision');

export default async function OneRevisionPage({ params }: PageProps<'/clusters/[id]/revisions/[number]'>) {
  const { id, number } = await params;
  if (!/^[1-9]\d{0,8}$/.test(number)) notFound();
  return <RevisionPage clusterId={id} number={Number(number)} />;
}
