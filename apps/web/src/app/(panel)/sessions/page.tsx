// Where this person is signed in.
import { OwnSessions } from '../../../features/session/own-sessions.tsx';
import { pageTitle } from '../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('sessions');

export default function OwnSessionsPage() {
  return <OwnSessions />;
}
