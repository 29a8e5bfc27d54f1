// The kernel's table as ipvsadm prints it, and as it would print what a definition wants.
import type { Place } from '@weir/lab/vm';
import { addressOf, ipvsadmCommand } from '@weir/model';
import type { ClusterDefinition, Operation } from '@weir/model';

/** `-A -t 192.168.8.200:80 -s rr`: options in an order of their own, for ipvsadm has several. */
function ordered(line: string): string {
  const [command = '', ...words] = line.split(/ (?=-)/);
  return [command, ...words.map((word) => word.trim()).toSorted()].join(' ');
}

/** `ipvsadm -S` says neither thresholds nor what is left at its default. */
function withoutUnsaid(line: string): string {
  return line.replaceAll(/ -[xy] \d+/g, '');
}

export function sortedLines(lines: readonly string[]): string[] {
  return lines.filter((line) => line !== '').map(ordered).toSorted();
}

/** What `ipvsadm -Sn` says. */
export async function ruleLines(place: Place): Promise<string[]> {
  return sortedLines((await place.run('ipvsadm -Sn')).split('\n'));
}

function additions({ services }: ClusterDefinition): Operation[] {
  return services.flatMap(({ match, scheduler, persistence, onePacket, realServers }): Operation[] => {
    const service = addressOf(match);
    return [
      { kind: 'addService', service, settings: { scheduler, persistence, onePacket } },
      ...realServers.map(({ rip, port, weight, method, thresholds }): Operation => {
        if (method.kind === 'proxied') throw new Error('the kernel is no proxy');
        return { kind: 'addRealServer', service, realServer: { endpoint: { rip, port }, settings: { method, weight, thresholds } } };
      }),
    ];
  });
}

/** What it should say of a definition. */
export function wantedLines(definition: ClusterDefinition): string[] {
  return sortedLines(additions(definition).map((operation) => {
    const command = ipvsadmCommand(operation);
    if (command === null) throw new Error(`ipvsadm has no words for ${JSON.stringify(operation)}`);
    return withoutUnsaid(command.replace(/^ipvsadm /, ''));
  }));
}
