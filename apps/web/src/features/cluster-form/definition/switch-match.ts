// From an address to a firewall mark and back: what was typed stays where it still means something.
import { canonicalAddress, familyOf, type Family, type ServiceMatch } from '@weir/model';

export type AddressMatch = Extract<ServiceMatch, { kind: 'address' }>;
export type MarkMatch = Extract<ServiceMatch, { kind: 'mark' }>;

/** What a mark names besides the first, and its number, where the service had one before. */
export type MarkBefore = Pick<MarkMatch, 'mark' | 'vips' | 'ports'>;

export function toMark({ protocol, vip, port }: AddressMatch, before: MarkBefore): MarkMatch {
  return {
    kind: 'mark', family: typedFamily(vip), mark: before.mark, protocol,
    vips: [vip, ...before.vips.slice(1)],
    // Port 0 is every port, as no port is to a mark; what is no number yet is none.
    ports: port >= 1 ? [port, ...before.ports.slice(1)] : [],
  };
}

export function toAddress({ protocol, vips, ports }: MarkMatch): AddressMatch {
  const [vip = ''] = vips;
  const [port = 0] = ports;
  return { kind: 'address', protocol, vip, port: Number.isNaN(port) ? 0 : port };
}

/** The lowest number that no other mark of these services has. */
export function freeMark(matches: readonly ServiceMatch[]): number {
  const used = new Set(matches.map((match) => (match.kind === 'mark' ? match.mark : 0)));
  for (let mark = 1; ; mark += 1) if (!used.has(mark)) return mark;
}

/** Of a match whose addresses may still be half typed. */
export function familyOfMatch(match: ServiceMatch): Family {
  return match.kind === 'mark' ? match.family : typedFamily(match.vip);
}

function typedFamily(text: string): Family {
  return familyOf(canonicalAddress(text.trim()) ?? text);
}
