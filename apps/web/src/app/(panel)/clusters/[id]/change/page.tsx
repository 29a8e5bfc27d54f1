// What a change will do, before it is applied.
import { Review } from '../../../../../features/changes/review.tsx';
import { pageTitle } from '../../../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('change');

export default async function ReviewPage({ params }: PageProps<'/clusters/[id]/change'>) {
  const { id } = await params;
  return <Review clusterId={id} />;
}
