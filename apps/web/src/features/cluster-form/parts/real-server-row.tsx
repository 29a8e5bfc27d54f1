'use client';
// One real server: where it is, its share, and how packets reach it.
import { Button, Wire } from '@weir/ui';
import { useFormContext, useWatch } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { methodKinds, methodOf, type ClusterForm } from '../definition/form-values.ts';
import { useFoundIn } from '../fields/form-context.tsx';
import { More } from '../fields/more.tsx';
import { ChoiceField, NumberField, TextField } from '../fields/path-fields.tsx';
import { RowMessages } from '../fields/row-messages.tsx';
import { TunnelFields } from '../fields/tunnel-fields.tsx';

export function RealServerRow({ service, index, onRemove }: { service: number; index: number; /** Left out: it is removed elsewhere. */ onRemove?: () => void }) {
  const t = useTranslations('clusterForm');
  const methods = useTranslations('methods');
  const { control, setValue } = useFormContext<ClusterForm>();
  const path = `definition.services.${service}.realServers.${index}` as const;
  const { method, name, thresholds } = useWatch({ control, name: path });
  const found = useFoundIn(`${path}.thresholds`);
  const limited = found || thresholds.upper !== 0 || thresholds.lower !== 0;
  const choose = (value: string) => {
    const kind = methodKinds.find((each) => each === value);
    if (kind !== undefined) setValue(`${path}.method`, methodOf(kind), { shouldDirty: true });
  };
  return (
    <li className="flex flex-wrap items-start gap-2 max-md:not-first:border-t max-md:not-first:pt-2">
      <TextField path={`${path}.name`} row={path} label={t('name')} className="w-44" required />
      <TextField path={`${path}.rip`} row={path} label="RIP" mono className="w-44" required />
      <NumberField path={`${path}.port`} row={path} label={t('port')} max={65_535} className="w-24" required />
      <NumberField path={`${path}.weight`} row={path} label={t('weight')} className="w-20" required />
      <div className="flex items-start gap-1.5">
        <ChoiceField
          path={`${path}.method.kind`} row={path} also={[`${path}.method`]} label={t('method')} value={method.kind} className="w-56"
          options={methodKinds.map((value) => ({ value, label: methods(value) }))} onChoose={choose}
        />
        <Wire method={method.kind} label={methods(method.kind)} className="mt-7" />
      </div>
      {method.kind === 'tun' && <TunnelFields path={`${path}.method.tunnel`} row={path} tunnel={method.tunnel} />}
      {onRemove !== undefined && <Button variant="quiet" className="mt-5" onClick={onRemove} aria-label={t('removeRealServer', { name: name || String(index + 1) })}>{t('remove')}</Button>}
      <More of={name || String(index + 1)} needed={limited}>
        <NumberField path={`${path}.thresholds.upper`} row={path} also={[`${path}.thresholds`]} label={t('upper')} hint={t('upperHint')} className="w-44" />
        <NumberField path={`${path}.thresholds.lower`} row={path} label={t('lower')} hint={t('lowerHint')} className="w-44" />
      </More>
      <RowMessages row={path} />
    </li>
  );
}
