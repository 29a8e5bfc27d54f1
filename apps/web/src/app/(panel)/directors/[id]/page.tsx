// One director: what it holds, where it drifts, and what else is on it.
import { Director } from '../../../../features/director/director.tsx';
import { pageTitle } from '../../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('director');

export default async function DirectorPage({ params }: PageProps<'/directors/[id]'>) {
  const { id } = await params;
  return <Director directorId={id} />;
}
