// What an object of a draft is called while it may still have no name and half an address.
import { formatEndpoint } from '../definition/address.ts';
import type { RealServer, VirtualService } from '../definition/definition.ts';

const nameless = '…';

export function serviceCalled({ name, match }: Pick<VirtualService, 'name' | 'match'>): string {
  if (name !== '') return name;
  if (match.kind === 'mark') return Number.isNaN(match.mark) ? nameless : `fwm ${match.mark}`;
  return endpointCalled(match.vip, match.port) ?? nameless;
}

export function realServerCalled({ name, rip, port }: Pick<RealServer, 'name' | 'rip' | 'port'>): string {
  return endpointCalled(rip, port) ?? (name === '' ? nameless : name);
}

function endpointCalled(address: string, port: number): string | null {
  if (address === '') return null;
  return Number.isInteger(port) ? formatEndpoint(address, port) : address;
}
