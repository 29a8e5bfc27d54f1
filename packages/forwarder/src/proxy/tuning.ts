// The proxy's deadlines and bounds.

export interface ProxyTuning {
  /** How long one real server may take to accept a connection. */
  readonly connectDeadlineMs: number;
  /** How many real servers are tried for one client, each once. */
  readonly connectTries: number;
  /** How long a connection may be silent in both directions. */
  readonly idleDeadlineMs: number;
  /** The same once one side, or both, have ended their half. */
  readonly finDeadlineMs: number;
  /** How long a UDP flow lives without a datagram in either direction. */
  readonly udpTimeoutMs: number;
  /** How long replies to the datagrams of a one-packet service are waited for. */
  readonly onePacketReplyMs: number;
  /** How long `close` waits for its sockets. */
  readonly closeDeadlineMs: number;
  /** Connections, UDP flows included. */
  readonly maxConnections: number;
  readonly maxConnectionsPerService: number;
  /** Of one client: an IPv4 address, an IPv6 /64. */
  readonly maxConnectionsPerSource: number;
  /** What all connections together may have read and not yet passed on; there are no more connections than fit into it at worst. */
  readonly maxBufferedBytes: number;
  /** Clients, or networks of clients, that persistent services remember, in all. */
  readonly maxTemplates: number;
  readonly maxServices: number;
  readonly maxRealServersPerService: number;
  /** Clients that the kernel keeps waiting for one service; it cuts this to net.core.somaxconn. */
  readonly backlog: number;
  /** What is read ahead of a slower receiver, per direction of a connection. */
  readonly bufferBytes: number;
  /** Of one UDP flow, until its socket is there. */
  readonly maxUnsentDatagrams: number;
  /** Per UDP socket, what the network has not taken yet; beyond it datagrams are dropped. */
  readonly maxQueuedDatagramBytes: number;
  /** The director's own ports towards the real servers, used in turn where a source address is given. */
  readonly sourcePorts: { readonly first: number; readonly last: number };
}

export const defaultTuning: ProxyTuning = {
  // Time for a lost SYN and its repetition after 1 s; Linux sends the next one at 3 s.
  connectDeadlineMs: 3_000,
  // 9 s at worst, before most clients give up by themselves.
  connectTries: 3,
  // The kernel's own: ip_vs_proto_tcp.c, tcp_timeouts, ESTABLISHED and FIN_WAIT.
  idleDeadlineMs: 900_000,
  finDeadlineMs: 120_000,
  // ip_vs_proto_udp.c, udp_timeouts.
  udpTimeoutMs: 300_000,
  // Twice what resolvers wait for one server.
  onePacketReplyMs: 10_000,
  closeDeadlineMs: 5_000,
  // Two descriptors each: fits into the 20,000 that containers often allow.
  maxConnections: 8_192,
  // Half of all, so that one flooded service leaves room for the others.
  maxConnectionsPerService: 4_096,
  // None: behind one address there may be a whole company.
  maxConnectionsPerSource: Number.POSITIVE_INFINITY,
  // 8,192 connections with 2 × 128 KiB each.
  maxBufferedBytes: 2_147_483_648,
  // 32 MiB at about 250 bytes each.
  maxTemplates: 131_072,
  // What a definition may hold.
  maxServices: 10_000,
  maxRealServersPerService: 10_000,
  // The default of net.core.somaxconn since Linux 5.4, above which a larger one has no effect.
  backlog: 4_096,
  bufferBytes: 65_536,
  maxUnsentDatagrams: 16,
  maxQueuedDatagramBytes: 1_048_576,
  // The default of net.ipv4.ip_local_port_range.
  sourcePorts: { first: 32_768, last: 60_999 },
};
