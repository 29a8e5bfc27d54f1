// Import of a cluster.
import { Import } from '../../../../features/import/import.tsx';
import { pageTitle } from '../../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('import');

export default function ImportPage() {
  return <Import />;
}
