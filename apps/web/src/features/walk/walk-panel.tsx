'use client';
// The packet walk of a service: the picture with real addresses, what breaks it, and each hop in a table.
import { familyOf, likelyPlace, targetsOf, walk, type ClusterDefinition, type ForwardingMethod, type RealServer, type VirtualService, type WalkInput } from '@weir/model';
import { Panel, WalkPicture, Wire, type PictureHost } from '@weir/ui';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { exampleClient } from './example-client.ts';
import { useMethodText } from '../words/use-method-text.ts';
import { WalkChoice, type Choice } from './walk-choice.tsx';
import { WalkFaults } from './walk-faults.tsx';
import { WalkTable } from './walk-table.tsx';
import { hopWords, macLetters, namedAddresses, outerWords } from './walk-words.ts';

/** What Linux gives a first connection, about; Ethernet's MTU. */
const clientPort = 40_000;
const mtuBytes = 1_500;

export interface WalkPanelProps {
  definition: ClusterDefinition;
  service: VirtualService;
  realServer: RealServer;
  directorName: (directorId: string) => string;
  onRealServer: (id: string) => void;
}

/** The director that holds the VIP; while nobody does, the first one. */
function directorOf({ directors, vips }: ClusterDefinition, vip: string): ClusterDefinition['directors'][number] | undefined {
  const holder = vips.find(({ address }) => address === vip)?.holder;
  return directors.find(({ directorId }) => directorId === holder) ?? directors[0];
}

const noDip = { ipv4: null, ipv6: null };

/** As a tutorial has it: NAT with its client on the director's other side, the others in one subnet. */
function firstChoice(service: VirtualService, realServer: RealServer, dip: WalkInput['dip']): Choice {
  const [target = { vip: '', port: 0 }] = targetsOf(service.match);
  const realServerPlace = likelyPlace(realServer.rip, dip);
  const onDirector = realServerPlace === 'onDirector' && likelyPlace(target.vip, noDip) === 'onDirector';
  return { realServer, method: realServer.method, target, clientPlace: onDirector ? 'onDirector' : firstPlace(realServer.method), clientAddress: null, realServerPlace };
}

function firstPlace({ kind }: ForwardingMethod): Choice['clientPlace'] {
  return kind === 'nat' ? 'behindDirector' : 'sameSubnet';
}

export function WalkPanel({ definition, service, realServer, directorName, onRealServer }: WalkPanelProps) {
  const t = useTranslations('walk');
  const methodText = useMethodText();
  const [target] = targetsOf(service.match);
  const director = directorOf(definition, target?.vip ?? '');
  const dip = director?.dip ?? noDip;
  const [changes, setChanges] = useState<Partial<Choice>>({});
  const choice: Choice = { ...firstChoice(service, realServer, dip), ...changes };
  const { rip, port } = realServer;
  const taken = [...definition.services.flatMap(({ realServers }) => realServers.map((each) => each.rip)), ...definition.vips.map(({ address }) => address), dip.ipv4 ?? '', dip.ipv6 ?? ''];
  const example = choice.clientPlace === 'onDirector' ? '' : exampleClient(choice.clientPlace, choice.target.vip, rip, taken);
  const input: WalkInput = {
    service, dip, target: choice.target, realServer: { rip, port, method: choice.method }, realServerPlace: choice.realServerPlace, mtuBytes,
    client: choice.clientPlace === 'onDirector' ? { place: 'onDirector', port: clientPort } : { place: choice.clientPlace, address: choice.clientAddress ?? example, port: clientPort },
  };
  return (
    <Panel title={t('title')} sub={<Wire method={choice.method.kind} label={methodText(choice.method)} />} padded={false}>
      <WalkChoice service={service} choice={choice} exampleAddress={example} onChange={(more) => setChanges({ ...changes, ...more })} onRealServer={onRealServer} />
      <Drawn input={input} directorName={director === undefined ? t('stations.director') : directorName(director.directorId)} realServerName={realServer.name} />
    </Panel>
  );
}

function Drawn({ input, directorName, realServerName }: { input: WalkInput; directorName: string; realServerName: string }) {
  const t = useTranslations('walk');
  const methodText = useMethodText();
  const walked = walk(input);
  const names = namedAddresses(walked, input);
  const { method } = input.realServer;
  // The one that it has towards the real server.
  const dip = input.dip[familyOf(names.rip)];
  const ownVip = (method.kind === 'dr' || method.kind === 'tun') && input.realServerPlace !== 'onDirector' ? [`VIP ${t('onLo')}`] : [];
  const hosts: Omit<PictureHost, 'letter'>[] = [
    { station: 'client', name: t('stations.client'), lines: [`CIP ${names.cip ?? '—'}`] },
    { station: 'director', name: directorName, lines: [`VIP ${names.vip}`, ...(dip === null ? [] : [`DIP ${dip}`])] },
    { station: 'realServer', name: realServerName, lines: [`RIP ${names.rip}`, ...ownVip] },
    ...(walked.hops.some(({ from, to }) => from === 'router' || to === 'router') ? [{ station: 'router' as const, name: t('stations.router'), lines: [] }] : []),
  ];
  const hops = walked.hops.map((hop, index) => ({
    ...hop, words: hopWords(hop, names), outer: outerWords(hop.outer, names), broken: walked.faults.some((fault) => fault.hop === index),
  }));
  const label = t('picture', { method: methodText(method), hops: hops.length, reply: walked.reply ?? 'none' });
  return (
    <>
      <div className="mx-auto max-w-[620px] p-3"><WalkPicture label={label} hosts={hosts.map((host) => ({ ...host, letter: macLetters[host.station] }))} hops={hops} /></div>
      <p className="px-3 pb-3 text-muted">{t(`replies.${walked.reply ?? 'none'}`)} {t('strokes')}</p>
      <WalkFaults walk={walked} />
      <WalkTable walk={walked} />
    </>
  );
}
