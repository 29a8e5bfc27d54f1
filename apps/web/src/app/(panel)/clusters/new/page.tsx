// A new cluster.
import { NewCluster } from '../../../../features/cluster-form/new-cluster.tsx';
import { pageTitle } from '../../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('newCluster');

export default function NewClusterPage() {
  return <NewCluster />;
}
