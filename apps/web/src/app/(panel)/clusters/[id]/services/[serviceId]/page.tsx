// One virtual service of a cluster.
import { Service } from '../../../../../../features/walk/service.tsx';
import { pageTitle } from '../../../../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('service');

export default async function ServicePage({ params }: PageProps<'/clusters/[id]/services/[serviceId]'>) {
  const { id, serviceId } = await params;
  return <Service clusterId={id} serviceId={serviceId} />;
}
