// What became of an apply.
import { Applied } from '../../../../features/changes/applied/applied.tsx';
import { pageTitle } from '../../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('applied');

export default async function AppliedPage({ params }: PageProps<'/changes/[applyId]'>) {
  const { applyId } = await params;
  return <Applied applyId={applyId} />;
}
