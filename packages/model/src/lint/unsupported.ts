// Which parts of a definition one director's driver cannot do.
import { familyOf } from '../definition/address.ts';
import type { ClusterDefinition, RealServer, VirtualService } from '../definition/definition.ts';
import type { Capabilities } from '../table/capabilities.ts';
import { addressOf, familyOfService } from '../table/table.ts';
import type { Finding } from './finding.ts';

type Lack = { readonly feature: string; readonly value: string };

/** Of a protocol or a tunnel it may be that nobody could tell. */
function isUnsure({ value }: Lack, { unsure }: Capabilities): boolean {
  return unsure.some((one) => one === value);
}

function lacksOfService(service: VirtualService, can: Capabilities): Lack[] {
  const { match, scheduler, persistence } = service;
  const lacks: (Lack | false)[] = [
    !can.families.includes(familyOfService(addressOf(match))) && { feature: 'family', value: familyOfService(addressOf(match)) },
    !can.protocols.includes(match.protocol) && { feature: 'protocol', value: match.protocol },
    match.kind === 'mark' && !can.marks && { feature: 'mark', value: String(match.mark) },
    !can.schedulers.includes(scheduler.name) && { feature: 'scheduler', value: scheduler.name },
    persistence !== null && !can.persistence && { feature: 'persistence', value: `${persistence.timeoutSeconds} s` },
    persistence !== null && persistence.engine !== null && !can.persistenceEngines.includes(persistence.engine)
      && { feature: 'persistenceEngine', value: persistence.engine },
    service.onePacket && !can.onePacket && { feature: 'onePacket', value: 'ops' },
  ];
  return lacks.filter((lack) => lack !== false);
}

function lacksOfRealServer({ rip, method, thresholds }: RealServer, can: Capabilities): Lack[] {
  const lacks: (Lack | false)[] = [
    !can.families.includes(familyOf(rip)) && { feature: 'family', value: familyOf(rip) },
    !can.methods.includes(method.kind) && { feature: 'method', value: method.kind },
    method.kind === 'tun' && can.methods.includes('tun') && !can.tunnels.includes(method.tunnel.type)
      && { feature: 'tunnel', value: method.tunnel.type },
    (thresholds.upper > 0 || thresholds.lower > 0) && !can.thresholds
      && { feature: 'thresholds', value: `${thresholds.upper}/${thresholds.lower}` },
  ];
  return lacks.filter((lack) => lack !== false);
}

/**
 * What of a definition this driver cannot do: a warning while saving, a refusal when applying on that director. Where nobody could tell, a
 * warning there too: what was read back after it tells.
 * Each finding names the object, the feature and the value.
 */
export function unsupported(definition: ClusterDefinition, can: Capabilities): Finding[] {
  const finding = (path: Finding['path'], lack: Lack): Finding => {
    const known = !isUnsure(lack, can);
    return { code: known ? 'unsupportedByDriver' : 'unsureOfDriver', severity: known ? 'error' : 'warning', path, params: { driver: can.driver, ...lack } };
  };
  return definition.services.flatMap((service, s) => [
    ...lacksOfService(service, can).map((lack) => finding(['services', s], lack)),
    ...service.realServers.flatMap((realServer, r) => (
      lacksOfRealServer(realServer, can).map((lack) => finding(['services', s, 'realServers', r], lack)))),
  ]);
}
