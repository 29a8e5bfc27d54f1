'use client';
// What a packet walk is drawn for: which real server, by which method, for a client where.
import { IpAddress, familyOf, targetsOf, type ClientPlace, type ForwardingMethod, type RealServer, type RealServerPlace, type VirtualService } from '@weir/model';
import { Field, Select, TextInput } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { methodText } from '../words/setting-changes.ts';
import { useMethodText } from '../words/use-method-text.ts';

export interface Choice {
  readonly realServer: RealServer;
  readonly method: ForwardingMethod;
  readonly target: { readonly vip: string; readonly port: number };
  readonly clientPlace: ClientPlace;
  /** Null: an example. */
  readonly clientAddress: string | null;
  readonly realServerPlace: RealServerPlace;
}

/** To be compared with the one that is defined. */
const methods: readonly ForwardingMethod[] = [
  { kind: 'nat' }, { kind: 'dr' }, { kind: 'tun', tunnel: { type: 'ipip' } }, { kind: 'tun', tunnel: { type: 'gue', port: 6080, checksum: 'none' } },
  { kind: 'tun', tunnel: { type: 'gre', checksum: 'none' } }, { kind: 'proxied' },
];

const clientPlaces: readonly ClientPlace[] = ['sameSubnet', 'behindDirector', 'behindRouter', 'onDirector'];
const realServerPlaces: readonly RealServerPlace[] = ['sameSubnet', 'behindRouter', 'onDirector'];

interface WalkChoiceProps {
  service: VirtualService;
  choice: Choice;
  exampleAddress: string;
  onChange: (changes: Partial<Choice>) => void;
  onRealServer: (id: string) => void;
}

export function WalkChoice({ service, choice, exampleAddress, onChange, onRealServer }: WalkChoiceProps) {
  const t = useTranslations('walk');
  const wordsOf = useMethodText();
  const { realServer, method, target, clientPlace, realServerPlace } = choice;
  const defined = methodText(realServer.method);
  const offered = [realServer.method, ...methods.filter((each) => methodText(each) !== defined)];
  const targets = targetsOf(service.match);
  return (
    <div className="flex flex-wrap items-start gap-3 border-b border-line p-3">
      <Field label={t('realServer')}>
        <Select value={realServer.id} onChange={({ target: { value } }) => onRealServer(value)} options={service.realServers.map(({ id, name, rip }) => ({ value: id, label: `${name} ${rip}` }))} />
      </Field>
      <Field label={t('method')}>
        <Select
          value={methodText(method)} onChange={({ target: { value } }) => onChange({ method: offered.find((each) => methodText(each) === value) ?? realServer.method })}
          options={offered.map((each) => ({ value: methodText(each), label: methodText(each) === defined ? t('asDefined', { method: wordsOf(each) }) : wordsOf(each) }))}
        />
      </Field>
      {targets.length > 1 && (
        <Field label={t('target')}>
          <Select
            mono value={`${target.vip} ${target.port}`} options={targets.map(({ vip, port }) => ({ value: `${vip} ${port}`, label: `${vip} ${port}` }))}
            onChange={({ target: { value } }) => onChange({ target: targets.find(({ vip, port }) => `${vip} ${port}` === value) ?? target })}
          />
        </Field>
      )}
      <Field label={t('clientPlace')}>
        <Select
          value={clientPlace} options={clientPlaces.map((value) => ({ value, label: t(`clientPlaces.${value}`) }))}
          onChange={({ target: { value } }) => onChange({ clientPlace: clientPlaces.find((place) => place === value) ?? clientPlace, clientAddress: null })}
        />
      </Field>
      {clientPlace !== 'onDirector' && <ClientAddress key={`${clientPlace} ${exampleAddress}`} target={target.vip} example={exampleAddress} onChange={(clientAddress) => onChange({ clientAddress })} />}
      <Field label={t('realServerPlace')}>
        <Select
          value={realServerPlace} options={realServerPlaces.map((value) => ({ value, label: t(`realServerPlaces.${value}`) }))}
          onChange={({ target: { value } }) => onChange({ realServerPlace: realServerPlaces.find((place) => place === value) ?? realServerPlace })}
        />
      </Field>
    </div>
  );
}

interface ClientAddressProps {
  target: string;
  example: string;
  onChange: (address: string | null) => void;
}

/** Takes an address of the VIP's family; until it is one, the picture keeps the last. */
function ClientAddress({ target, example, onChange }: ClientAddressProps) {
  const t = useTranslations('walk');
  const [text, setText] = useState(example);
  const [wrong, setWrong] = useState(false);
  const change = (value: string) => {
    setText(value);
    const parsed = IpAddress.safeParse(value);
    const fits = parsed.success && familyOf(parsed.data) === familyOf(target);
    setWrong(!fits && value.trim() !== '');
    if (fits) onChange(parsed.data);
    else if (value.trim() === '') onChange(null);
  };
  return (
    <Field label={t('clientAddress')} hint={t('clientAddressHint')} error={wrong && t('clientAddressWrong', { family: familyOf(target) === 'ipv4' ? 'IPv4' : 'IPv6' })}>
      <TextInput mono value={text} onChange={({ target: { value } }) => change(value)} />
    </Field>
  );
}
