// What sets a firewall mark: the lines for nft that give packets of a virtual service its mark. Shown and checked; the host's owner writes them.
import type { ClusterDefinition, ServiceMatch } from '../definition/definition.ts';

type MarkMatch = Extract<ServiceMatch, { kind: 'mark' }>;

const FAMILY = { ipv4: 'ip', ipv6: 'ip6' } as const;

function set(values: readonly (string | number)[]): string {
  return values.length === 1 ? String(values[0]) : `{ ${values.join(', ')} }`;
}

/** One rule of an nft chain (nft(8): meta mark set). */
export function markRule({ family, vips, protocol, ports, mark }: MarkMatch): string {
  const ported = ports.length === 0 ? `meta l4proto ${protocol}` : `${protocol} dport ${set(ports)}`;
  return `${FAMILY[family]} daddr ${set(vips)} ${ported} meta mark set ${mark}`;
}

/** A table of its own, so that loading it again replaces it and nothing else; null where no service has a mark. Before IPVS: prerouting, mangle. */
export function markTable({ services }: ClusterDefinition, name: string): string | null {
  const rules = services.flatMap(({ match }) => (match.kind === 'mark' ? [markRule(match)] : []));
  if (rules.length === 0) return null;
  return [
    `table inet ${name}`, `delete table inet ${name}`, `table inet ${name} {`, '\tchain prerouting {',
    '\t\ttype filter hook prerouting priority mangle; policy accept;', ...rules.map((rule) => `\t\t${rule}`), '\t}', '}', '',
  ].join('\n');
}
