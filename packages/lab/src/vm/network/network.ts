// A network that is built in the guest: its hosts by name.
import { VmError } from '../error.ts';
import type { Place } from '../session/place.ts';
import type { NetworkDescription } from './description.ts';
import { macOf, netnsOf, networkScript, switchOf } from './script.ts';

export interface Network {
  host(name: string): Place;
  /** Where the bridges are; a capture on one sees what passes it. */
  readonly switch: Place;
  mac(host: string, networkInterface: string): string;
  /** Ends everything that runs on the hosts, and takes the network away. */
  remove(): Promise<void>;
}

interface Site {
  readonly machine: Place;
  readonly prefix: string;
  readonly place: (name: string, netns: string) => Place;
  readonly remove: (prefix: string) => Promise<void>;
}

const buildDeadlineMs = 120_000;

export async function buildNetwork(description: NetworkDescription, { machine, prefix, place, remove }: Site): Promise<Network> {
  await machine.run('exec busybox sh', { input: networkScript(description, prefix), deadlineMs: buildDeadlineMs });
  const hosts = new Map(Object.keys(description.hosts).map((name) => [name, place(name, netnsOf(prefix, name))]));
  return {
    host: (name) => {
      const host = hosts.get(name);
      if (host === undefined) throw new VmError(`The network has no host ${name}; it has ${[...hosts.keys()].join(', ')}.`);
      return host;
    },
    switch: place('the switch', switchOf(prefix)),
    mac: (host, networkInterface) => macOf(description, host, networkInterface),
    remove: () => remove(prefix),
  };
}
