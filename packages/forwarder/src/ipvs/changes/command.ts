// The kernel's command for each operation of a plan, and the fault for each that it refuses.
import { endpointKey, endpointOf, serviceKey } from '@weir/model';
import type { Fault, FaultCode, Operation, RealServerSettings, ServiceAddress } from '@weir/model';
import { addDestination, addService, namedService, removeDestination, removeService, setDestination, setService, wordsOf } from '@weir/ipvs';
import type { Command, DestinationSettings, NamedService, Words } from '@weir/ipvs';
import { destinationIdOf, destinationSettingsOf, serviceIdOf, serviceSettingsOf } from '../translate/to-kernel.ts';

/** The bytes that name a service are made once: a plan has one address for all the operations of a service. */
const named = new WeakMap<ServiceAddress, NamedService>();

function namedOf(address: ServiceAddress): NamedService {
  const known = named.get(address);
  if (known !== undefined) return known;
  const made = namedService(serviceIdOf(address));
  named.set(address, made);
  return made;
}

/** Asked only for what `beyondKernel` leaves. */
function destinationOf(settings: RealServerSettings): DestinationSettings {
  if (settings.method.kind === 'proxied') throw new TypeError('the kernel is no proxy');
  return destinationSettingsOf(settings.method, settings);
}

export function commandOf(operation: Operation): Command {
  const { service } = operation;
  switch (operation.kind) {
    case 'addService': return addService(namedOf(service), serviceSettingsOf(service, operation.settings));
    case 'setService': return setService(namedOf(service), serviceSettingsOf(service, operation.after));
    case 'removeService': return removeService(namedOf(service));
    case 'addRealServer': {
      const { endpoint, settings } = operation.realServer;
      return addDestination(namedOf(service), destinationIdOf(endpoint), destinationOf(settings));
    }
    case 'setRealServer': return setDestination(namedOf(service), destinationIdOf(operation.endpoint), destinationOf(operation.after));
    case 'removeRealServer': return removeDestination(namedOf(service), destinationIdOf(operation.removed.endpoint));
  }
}

const verbs: Readonly<Record<Operation['kind'], string>> = {
  addService: 'add', setService: 'change', removeService: 'remove', addRealServer: 'add', setRealServer: 'change', removeRealServer: 'remove',
};

function doing(operation: Operation): string {
  const service = serviceKey(operation.service);
  const endpoint = endpointOf(operation);
  const object = endpoint === null ? `service ${service}` : `real server ${endpointKey(endpoint)} of service ${service}`;
  return `cannot ${verbs[operation.kind]} ${object}`;
}

const codes: Readonly<Record<NonNullable<Words['meaning']>, FaultCode>> = {
  exists: 'alreadyExists', missing: 'notFound', notCapable: 'unsupported', notAllowed: 'permissionDenied', noRoom: 'limitReached', invalid: 'unsupported',
};

const LONGEST_MESSAGE = 1_000;

export function unsupportedFault(operation: Operation, why: string): Fault {
  return { code: 'unsupported', message: `${doing(operation)}: ${why}`.slice(0, LONGEST_MESSAGE), errno: null };
}

export function refusedFault(operation: Operation, errno: string, number: number): Fault {
  const { meaning, text } = wordsOf(errno, number);
  return { code: meaning === null ? 'unexpected' : codes[meaning], message: `${doing(operation)}: ${text}`.slice(0, LONGEST_MESSAGE), errno };
}

/** The kernel's answer is not known; what is there is read back after each apply. */
export function unknownFault(operation: Operation, reason: string, errno: string | null): Fault {
  return { code: 'unexpected', message: `${doing(operation)}, or it is not known whether it was done: ${reason}`.slice(0, LONGEST_MESSAGE), errno };
}
