// Events.
import { Events } from '../../../features/events/events.tsx';
import { pageTitle } from '../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('events');

export default function EventsPage() {
  return <Events />;
}
