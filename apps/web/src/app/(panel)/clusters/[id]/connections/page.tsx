// The connections of a cluster.
import { Connections } from '../../../../../features/connections/connections.tsx';
import { pageTitle } from '../../../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('connections');

export default async function ConnectionsPage({ params }: PageProps<'/clusters/[id]/connections'>) {
  const { id } = await params;
  return <Connections clusterId={id} />;
}
