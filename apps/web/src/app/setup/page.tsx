// Making the first administrator.
import { Setup } from '../../features/session/setup-form.tsx';
import { pageTitle } from '../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('setup');

export default async function SetupPage({ searchParams }: PageProps<'/setup'>) {
  const { token } = await searchParams;
  return <Setup token={typeof token === 'string' && token !== '' ? token : null} />;
}
