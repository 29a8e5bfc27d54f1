// All directors.
import { Directors } from '../../../features/directors/directors.tsx';
import { pageTitle } from '../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('directors');

export default function DirectorsPage() {
  return <Directors />;
}
