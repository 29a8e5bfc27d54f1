// Who may do what.
import { People } from '../../../features/people/people.tsx';
import { pageTitle } from '../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('people');

export default function PeoplePage() {
  return <People />;
}
