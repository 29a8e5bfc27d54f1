// All clusters.
import { Clusters } from '../../../features/clusters/clusters.tsx';
import { pageTitle } from '../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('clusters');

export default function ClustersPage() {
  return <Clusters />;
}
