// One cluster: what is defined and what the directors hold.
import { Cluster } from '../../../../features/clusters/cluster.tsx';
import { pageTitle } from '../../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('cluster');

export default async function ClusterPage({ params }: PageProps<'/clusters/[id]'>) {
  const { id } = await params;
  return <Cluster clusterId={id} />;
}
