// Generated definitions for the kernel to take: few values each, so that two of them have objects in common.
import * as fc from 'fast-check';
import { lint } from '@weir/model';
import type { ClusterDefinition, Family, ForwardingMethod, RealServer, ServiceMatch, VirtualService } from '@weir/model';
import { cluster, vips } from './cluster.ts';

const oneOf = <const T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const family = oneOf<Family>('ipv4', 'ipv6');

const method: fc.Arbitrary<ForwardingMethod> = fc.oneof(
  oneOf<ForwardingMethod>({ kind: 'nat' }, { kind: 'dr' }),
  fc.record({ kind: oneOf('tun'), tunnel: oneOf(
    { type: 'ipip' }, { type: 'gue', port: 6080, checksum: 'none' }, { type: 'gue', port: 6081, checksum: 'csum' }, { type: 'gue', port: 6080, checksum: 'remcsum' },
    { type: 'gre', checksum: 'none' }, { type: 'gre', checksum: 'csum' }) }),
);

function realServer(of: Family, servicePort: number): fc.Arbitrary<Omit<RealServer, 'id' | 'name'>> {
  const rip = of === 'ipv4' ? oneOf('192.168.8.20', '192.168.8.30', '192.168.8.40') : oneOf('fd00:8::20', 'fd00:8::30', 'fd00:8::40');
  return method.chain((by) => fc.record({
    rip, method: fc.constant(by), port: by.kind === 'nat' ? oneOf(8080, 8081) : fc.constant(servicePort), weight: oneOf(0, 1, 3, 65_535),
    thresholds: oneOf({ upper: 0, lower: 0 }, { upper: 100, lower: 0 }, { upper: 100, lower: 50 }),
  }));
}

const scheduler: fc.Arbitrary<VirtualService['scheduler']> = fc.oneof(
  fc.record({ name: oneOf('rr', 'wrr', 'lc', 'wlc', 'fo', 'ovf', 'lblc', 'lblcr', 'dh', 'sed', 'nq') }),
  fc.record({ name: oneOf('sh', 'mh'), fallback: fc.boolean(), port: fc.boolean() }),
);

function persistence(of: Family): fc.Arbitrary<VirtualService['persistence']> {
  return fc.option(fc.record({ timeoutSeconds: oneOf(60, 300), prefixLength: of === 'ipv4' ? oneOf(24, 32) : oneOf(64, 128), engine: oneOf(null) }));
}

/** A match, and the port that real servers by DR and TUN have for it. */
function match(of: Family): fc.Arbitrary<readonly [ServiceMatch, number]> {
  const vip = vips[of];
  return fc.oneof(
    fc.record({ kind: oneOf('address'), protocol: oneOf('tcp', 'udp', 'sctp'), vip: fc.constant(vip), port: oneOf(80, 443, 5060) }).map((one) => [one, one.port] as const),
    fc.record({ kind: oneOf('mark'), family: fc.constant(of), mark: oneOf(1, 7), protocol: oneOf('tcp', 'udp'), vips: oneOf(vip).map((one) => [one]), ports: oneOf(80, 443).map((one) => [one]) })
      .map((one) => [one, 0] as const),
  );
}

const service: fc.Arbitrary<Omit<VirtualService, 'id' | 'name'>> = family.chain((of) => match(of).chain(([matched, port]) => fc.record({
  match: fc.constant(matched), scheduler, persistence: persistence(of),
  onePacket: matched.protocol === 'udp' ? fc.boolean() : fc.constant(false),
  realServers: fc.uniqueArray(realServer(of, port), { selector: ({ rip, port: at }) => `${rip} ${at}`, maxLength: 4, size: 'max' })
    .map((all) => all.map((one, at) => ({ ...one, id: `rs-${at}`, name: `rs-${at}` }))),
})));

/** Which of the kernel's services a match is. */
function identity(of: ServiceMatch): string {
  return of.kind === 'mark' ? `${of.family} ${of.mark}` : `${of.protocol} ${of.vip} ${of.port}`;
}

/** Without what lint refuses. */
export const definition: fc.Arbitrary<ClusterDefinition> = fc.uniqueArray(service, { selector: (one) => identity(one.match), minLength: 2, maxLength: 8, size: 'max' })
  .map((services) => cluster(services.map((one, at) => ({ ...one, id: `s${at}`, name: `s${at}` }))))
  .filter((one) => lint(one).every(({ severity }) => severity !== 'error'));
