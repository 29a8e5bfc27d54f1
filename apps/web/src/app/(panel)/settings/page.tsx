// What holds for the panel as a whole.
import { Settings } from '../../../features/settings/settings.tsx';
import { pageTitle } from '../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('settings');

export default function SettingsPage() {
  return <Settings />;
}
