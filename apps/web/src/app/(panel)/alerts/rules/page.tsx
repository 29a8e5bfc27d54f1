// What alerts watch, and where they go.
import { AlertRules } from '../../../../features/alerts/rules/rules.tsx';
import { pageTitle } from '../../../../i18n/page-title.ts';

export const generateMetadata = () => pageTitle('alertRules');

export default function AlertRulesPage() {
  return <AlertRules />;
}
