// Runs in the guest: rules that Weir has no words for, put straight into the kernel.
import { IpvsClient } from '@weir/ipvs';
import type { DestinationSettings, ServiceId, ServiceSettings } from '@weir/ipvs';

export async function addService(id: ServiceId, settings: ServiceSettings): Promise<void> {
  const client = await IpvsClient.open();
  client.addService(id, settings);
  client.close();
}

export async function addDestination(service: ServiceId, rip: string, port: number, settings: DestinationSettings): Promise<void> {
  const client = await IpvsClient.open();
  client.addDestination(service, { address: rip, port }, settings);
  client.close();
}
