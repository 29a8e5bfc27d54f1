// An address that leads nowhere.
import { NoSuchPage } from '../features/states/no-such-page.tsx';

export default function NotFound() {
  return <NoSuchPage />;
}
