// Writes a definition as `ipvsadm -Sn` prints it: `ipvsadm -R` reads it back.
import { ipvsadmCommand } from '../../change/commands/ipvsadm.ts';
import type { ClusterDefinition, RealServer } from '../../definition/definition.ts';
import type { RuleMethod } from '../../definition/forwarding.ts';
import { addressOf } from '../../table/table.ts';
import type { ServiceAddress } from '../../table/table.ts';
import { unsaidHealth, unsaidMark, unsaidOfCluster, unsaidRealServer, unsaidService } from '../unsaid.ts';
import type { Exported, Unsaid } from '../unsaid.ts';

const program = 'ipvsadm ';

function realServerLine(service: ServiceAddress, { rip, port, weight, method, thresholds }: RealServer): string | null {
  const rule: RuleMethod = method.kind === 'proxied' ? { kind: 'proxied', source: null } : method;
  return ipvsadmCommand({
    kind: 'addRealServer', service, realServer: { endpoint: { rip, port }, settings: { method: rule, weight, thresholds } },
  })?.slice(program.length) ?? null;
}

export function exportIpvsadm(definition: ClusterDefinition): Exported {
  const unsaid: Unsaid[] = unsaidOfCluster(definition, () => false);
  const lines: string[] = [];
  for (const [s, { match, scheduler, persistence, onePacket, realServers, health }] of definition.services.entries()) {
    const address = addressOf(match);
    const line = ipvsadmCommand({ kind: 'addService', service: address, settings: { scheduler, persistence, onePacket } });
    if (line === null) {
      unsaid.push(unsaidService(definition, s));
      continue;
    }
    lines.push(line.slice(program.length));
    if (match.kind === 'mark') unsaid.push(unsaidMark(definition, s));
    if (health !== undefined) unsaid.push(unsaidHealth(definition, s));
    for (const [r, realServer] of realServers.entries()) {
      const said = realServerLine(address, realServer);
      if (said === null) unsaid.push(unsaidRealServer(definition, s, r));
      else lines.push(said);
    }
  }
  return { text: lines.map((line) => `${line}\n`).join(''), unsaid };
}
