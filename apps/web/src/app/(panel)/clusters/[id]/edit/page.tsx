// Another revision of a cluster.
import { EditCluster } from '../../../../../features/cluster-form/edit-cluster.tsx';
import { pageTitle } from '../../../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('editCluster');

export default async function EditClusterPage({ params }: PageProps<'/clusters/[id]/edit'>) {
  const { id } = await params;
  return <EditCluster clusterId={id} />;
}
