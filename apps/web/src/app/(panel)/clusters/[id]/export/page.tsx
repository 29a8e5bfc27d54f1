// A cluster in the words of other programs.
import { Export } from '../../../../../features/export/export.tsx';
import { pageTitle } from '../../../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('export');

export default async function ExportPage({ params }: PageProps<'/clusters/[id]/export'>) {
  const { id } = await params;
  return <Export clusterId={id} />;
}
