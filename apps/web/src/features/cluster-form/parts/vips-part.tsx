'use client';
// Which director holds which VIP.
import { Button, Panel } from '@weir/ui';
import { useContext } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useDraft } from '../draft/use-draft-edits.ts';
import { FormFacts } from '../fields/form-context.tsx';
import type { ClusterForm } from '../definition/form-values.ts';
import { ChoiceField } from '../fields/path-fields.tsx';
import { RowMessages } from '../fields/row-messages.tsx';
import { unusedVips } from '../definition/sync-vips.ts';

export function VipsPart() {
  const t = useTranslations('clusterForm');
  return <Panel title={t('vips')} sub={t('vipsWhy')}><VipFields /></Panel>;
}

/** Who holds the others stands at the services that answer on them. */
export function UnusedVipsPart() {
  const t = useTranslations('clusterForm');
  const unused = new Set(unusedVips(useDraft().draft));
  return unused.size > 0 && <Panel title={t('unusedVips')} sub={t('unusedVipsWhy')}><VipFields only={(address) => unused.has(address)} /></Panel>;
}

/** `only`: these of them, where one object of the cluster is edited. */
export function VipFields({ only }: { only?: (address: string) => boolean }) {
  const t = useTranslations('clusterForm');
  const { control, setValue, getValues } = useFormContext<ClusterForm>();
  const vips = useWatch({ control, name: 'definition.vips' });
  const members = useWatch({ control, name: 'definition.directors' });
  const { directors } = useContext(FormFacts);
  const unused = unusedVips(getValues('definition'));
  const nameOf = (id: string) => directors.find((director) => director.id === id)?.name ?? id;
  const ids = members.map(({ directorId }) => directorId);
  // A holder that is no member is a finding, and must not look like nobody.
  const optionsWith = (holder: string | null) => [
    { value: '', label: t('nobody') },
    ...(holder === null || ids.includes(holder) ? ids : [...ids, holder]).map((id) => ({ value: id, label: nameOf(id) })),
  ];
  const remove = (address: string) => setValue('definition.vips', vips.filter((vip) => vip.address !== address), { shouldDirty: true });
  return (
    <>
      {vips.length === 0 && only === undefined && <p className="text-muted">{t('noVips')}</p>}
      <ul className="flex flex-col gap-2">
        {vips.map(({ address, holder }, index) => (only !== undefined && !only(address) ? null : (
          <li key={address} className="flex flex-wrap items-end gap-2">
            <ChoiceField
              path={`definition.vips.${index}.holder`} row={`definition.vips.${index}`} also={[`definition.vips.${index}.address`]}
              label={<span className="font-mono">{address}</span>} value={holder ?? ''} options={optionsWith(holder)} className="w-60"
              onChoose={(value) => setValue(`definition.vips.${index}.holder`, value === '' ? null : value, { shouldDirty: true })}
            />
            {unused.includes(address) && <Button variant="quiet" onClick={() => remove(address)}>{t('removeVip', { vip: address })}</Button>}
            <RowMessages row={`definition.vips.${index}`} />
          </li>
        )))}
      </ul>
    </>
  );
}
