// What all clusters carry now.
import { Overview } from '../../features/overview/overview.tsx';
import { pageTitle } from '../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('overview');

export default function OverviewPage() {
  return <Overview />;
}
