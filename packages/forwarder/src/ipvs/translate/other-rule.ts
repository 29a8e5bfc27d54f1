// Rules beyond Weir's words, as `ipvsadm -Sn` would write them.
import type { BeyondWords, OtherRule, ServiceAddress } from '@weir/model';
import { realServerKey } from '@weir/model';
import { destinationName, forward, protocolNumber, serviceFlag, serviceName, tunnelFlag, tunnelType } from '@weir/ipvs';
import type { Destination, Service, ServiceId } from '@weir/ipvs';

const serviceOptions = new Map<number, string>([[protocolNumber.tcp, '-t'], [protocolNumber.udp, '-u'], [protocolNumber.sctp, '--sctp-service']]);

function idWords(id: ServiceId): string {
  if (id.kind === 'mark') return `-f ${id.mark}${id.family === 'ipv6' ? ' -6' : ''}`;
  // ipvsadm has no word for other protocols; this one says what it is.
  return `${serviceOptions.get(id.protocol) ?? `--protocol-${id.protocol}`} ${destinationName(id)}`;
}

function maskWords(id: ServiceId, netmask: number): string {
  if (id.family === 'ipv6') return netmask === 128 ? '' : ` -M ${netmask}`;
  return netmask === 0xffff_ffff ? '' : ` -M ${[24, 16, 8, 0].map((shift) => netmask >>> shift & 0xff).join('.')}`;
}

function schedulerFlagWords(scheduler: string, flags: number): string {
  const isHashing = scheduler === 'sh' || scheduler === 'mh';
  const names = isHashing ? [`${scheduler}-fallback`, `${scheduler}-port`, 'flag-3'] : ['flag-1', 'flag-2', 'flag-3'];
  const set = [serviceFlag.scheduler1, serviceFlag.scheduler2, serviceFlag.scheduler3].flatMap((bit, at) => ((flags & bit) === 0 ? [] : [names[at] ?? '']));
  return set.length === 0 ? '' : ` -b ${set.join(',')}`;
}

function serviceText({ id, settings }: Service): string {
  const { scheduler, flags, timeoutSeconds, netmask, engine } = settings;
  return [
    `-A ${idWords(id)} -s ${scheduler}`,
    (flags & serviceFlag.persistent) === 0 ? '' : ` -p ${timeoutSeconds}${maskWords(id, netmask)}`,
    engine === null ? '' : ` --pe ${engine}`,
    (flags & serviceFlag.onePacket) === 0 ? '' : ' -o',
    schedulerFlagWords(scheduler, flags),
  ].join('');
}

const methodOptions = new Map<number, string>([
  [forward.masquerade, '-m'], [forward.localNode, '--local'], [forward.tunnel, '-i'], [forward.directRoute, '-g'], [forward.bypass, '--bypass'],
]);
const tunnelNames = new Map<number, string>(Object.entries(tunnelType).map(([name, number]) => [number, name]));

function tunnelWords({ tunnelType: type, tunnelPort, tunnelFlags }: Destination['settings']): string {
  return [
    ` --tun-type ${tunnelNames.get(type) ?? type}`, tunnelPort === 0 ? '' : ` --tun-port ${tunnelPort}`,
    (tunnelFlags & tunnelFlag.checksum) === 0 ? '' : ' --tun-csum', (tunnelFlags & tunnelFlag.remoteChecksum) === 0 ? '' : ' --tun-remcsum',
  ].join('');
}

function destinationText(service: ServiceId, { id, settings }: Destination): string {
  const { weight, upperThreshold, lowerThreshold } = settings;
  return [
    `-a ${idWords(service)} -r ${destinationName(id)} ${methodOptions.get(settings.forward) ?? `--forward-${settings.forward}`} -w ${weight}`,
    upperThreshold === 0 ? '' : ` -x ${upperThreshold}`, lowerThreshold === 0 ? '' : ` -y ${lowerThreshold}`,
    settings.forward === forward.tunnel ? tunnelWords(settings) : '',
  ].join('');
}

export function otherService(service: Service, address: ServiceAddress | null, why: BeyondWords): OtherRule {
  return { key: serviceName(service.id), is: 'service', service: address, text: serviceText(service), why };
}

export function otherRealServer(service: ServiceId, address: ServiceAddress | null, destination: Destination, why: BeyondWords): OtherRule {
  return {
    key: realServerKey(serviceName(service), destinationName(destination.id)), is: 'realServer', service: address,
    text: destinationText(service, destination), why,
  };
}
