// Why one real server stands as it does.
import { Why } from '../../../../../../../../features/health/why/why.tsx';
import { pageTitle } from '../../../../../../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('health');

export default async function WhyPage({ params }: PageProps<'/clusters/[id]/services/[serviceId]/health/[realServerId]'>) {
  const { id, serviceId, realServerId } = await params;
  return <Why clusterId={id} serviceId={serviceId} realServerId={realServerId} />;
}
