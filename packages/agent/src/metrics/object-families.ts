// What is told of each service and of each real server.
import { RefusalReason, ServiceStateCode } from '@weir/model';
import type { ByteKind, Counter, Counters } from '@weir/model';
import type { RealServerSeen, ServiceSeen } from './census.ts';
import type { Family, Point } from './text-format.ts';

type Value = Counter | null | undefined;

/** Absent where nobody sees it, never 0. */
function point(labels: string, value: Value | number): readonly Point[] {
  return typeof value === 'bigint' || typeof value === 'number' ? [{ labels, value }] : [];
}

function both(labels: string, into: Counter, out: Counter): readonly Point[] {
  return [...point(`${labels},direction="in"`, into), ...point(`${labels},direction="out"`, out)];
}

const kinds: Readonly<Record<ByteKind, string>> = { ipBytes: 'ip', payloadBytes: 'payload' };

type Seen = { readonly labels: string; readonly sample: { readonly counters: Counters } };

const visible = 'What does not pass the director is absent.';

function counterFamilies<TSeen extends Seen>(prefix: `weir_${string}`, of: string, byteKind: ByteKind): readonly Family<TSeen>[] {
  return [
    {
      name: `${prefix}_connections`, type: 'counter', help: `Connections that were scheduled ${of}.`,
      points: ({ labels, sample }) => point(labels, sample.counters.connections),
    },
    {
      name: `${prefix}_packets`, type: 'counter', help: `Packets of clients (in) and of real servers (out) ${of}. ${visible}`,
      points: ({ labels, sample }) => both(labels, sample.counters.packetsIn, sample.counters.packetsOut),
    },
    {
      name: `${prefix}_bytes`, type: 'counter', unit: 'bytes',
      help: `Bytes of clients (in) and of real servers (out) ${of}; of kind ip with the headers of packets, of kind payload without. ${visible}`,
      points: ({ labels, sample }) => both(`${labels},kind="${kinds[byteKind]}"`, sample.counters.bytesIn, sample.counters.bytesOut),
    },
  ];
}

function sum({ sample }: ServiceSeen, of: 'active' | 'inactive'): number {
  return sample.realServers.reduce((total, { connections }) => total + connections[of], 0);
}

export function serviceFamilies(byteKind: ByteKind): readonly Family<ServiceSeen>[] {
  return [
    ...counterFamilies<ServiceSeen>('weir_service', 'by the service', byteKind),
    {
      name: 'weir_service_active_connections', type: 'gauge', help: 'Connections of the service that are open now.',
      points: (seen) => point(seen.labels, sum(seen, 'active')),
    },
    {
      name: 'weir_service_inactive_connections', type: 'gauge', help: 'Connections of the service that are kept though they are not open.',
      points: (seen) => point(seen.labels, sum(seen, 'inactive')),
    },
    {
      name: 'weir_service_refused', type: 'counter', help: 'Clients or datagrams that were turned away; absent where the forwarder does not count them.',
      points: ({ labels, sample: { refused } }) => (
        refused === null ? [] : RefusalReason.options.flatMap((reason) => point(`${labels},reason="${reason}"`, refused[reason]))),
    },
    {
      name: 'weir_service_state', type: 'stateset', help: 'How the service stands by its health checks; absent where it has none.',
      points: ({ labels, standing }) => (
        standing === null ? [] : ServiceStateCode.options.map((code) => ({ labels: `${labels},weir_service_state="${code}"`, value: standing.state.code === code ? 1 : 0 }))),
    },
  ];
}

export function realServerFamilies(byteKind: ByteKind): readonly Family<RealServerSeen>[] {
  return [
    ...counterFamilies<RealServerSeen>('weir_real_server', 'for the real server', byteKind),
    {
      name: 'weir_real_server_active_connections', type: 'gauge', help: 'Connections to the real server that are open now.',
      points: ({ labels, sample }) => point(labels, sample.connections.active),
    },
    {
      name: 'weir_real_server_inactive_connections', type: 'gauge', help: 'Connections to the real server that are kept though they are not open.',
      points: ({ labels, sample }) => point(labels, sample.connections.inactive),
    },
    {
      name: 'weir_real_server_weight', type: 'gauge', help: 'The weight that the forwarder goes by now.',
      points: ({ labels, sample }) => point(labels, sample.weight),
    },
    {
      name: 'weir_real_server_up', type: 'gauge', help: 'Whether the real server is up by its health checks; absent where it has none or they have not decided.',
      points: ({ labels, standing }) => (standing === null || standing.standing === 'unknown' ? [] : [{ labels, value: standing.standing === 'up' ? 1 : 0 }]),
    },
  ];
}
