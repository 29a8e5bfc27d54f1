// Who did what.
import { Audit } from '../../../features/audit/audit.tsx';
import { pageTitle } from '../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('audit');

export default function AuditPage() {
  return <Audit />;
}
