// What a cluster carries now.
import { Traffic } from '../../../../../features/traffic/traffic.tsx';
import { pageTitle } from '../../../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('live');

export default async function TrafficPage({ params }: PageProps<'/clusters/[id]/live'>) {
  const { id } = await params;
  return <Traffic clusterId={id} />;
}
