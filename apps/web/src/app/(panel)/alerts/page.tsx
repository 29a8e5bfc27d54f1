// Alerts.
import { Alerts } from '../../../features/alerts/alerts.tsx';
import { pageTitle } from '../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('alerts');

export default function AlertsPage() {
  return <Alerts />;
}
