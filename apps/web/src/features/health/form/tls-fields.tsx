'use client';
// How TLS is spoken with a real server while it is asked.
import type { ProbeTls } from '@weir/model';
import { useTranslations } from 'use-intl';
import { CheckField, NumberField, TextField } from '../../cluster-form/fields/path-fields.tsx';

export interface TlsFieldsProps {
  path: `definition.services.${number}.health.checks.${number}.probe.tls`;
  row: string;
  tls: ProbeTls;
}

export function TlsFields({ path, row, tls }: TlsFieldsProps) {
  const t = useTranslations('healthForm.tls');
  return (
    <>
      <TextField path={`${path}.name`} row={row} label={t('name')} hint={t(tls.verify ? 'nameVerified' : 'nameHint')} nullable mono className="w-60" />
      <NumberField path={`${path}.endsAfterDays`} row={row} label={t('ends')} hint={t('endsHint')} max={3_650} nullable className="w-44" />
      <TextField path={`${path}.clientCertificate`} row={row} label={t('client')} hint={t('clientHint')} nullable mono className="w-60" />
      <CheckField path={`${path}.verify`} row={row} label={t('verify')} hint={t('verifyHint')} className="mt-6.5 max-w-80" />
    </>
  );
}
