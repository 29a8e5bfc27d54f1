// What a packet looks like on each link it crosses between a client, the director and a real server.
import type { Family, IpAddress } from '../definition/address.ts';
import type { ClusterDirector, Protocol, RealServer, VirtualService } from '../definition/definition.ts';
import type { Tunnel } from '../definition/forwarding.ts';

/** Who stands at an end of a link. One router connects whatever networks are not the director's own. */
export type Station = 'client' | 'router' | 'director' | 'realServer';

/** A port is null where the sending kernel chooses one. */
export interface Socket {
  readonly address: IpAddress | null;
  readonly port: number | null;
}

export interface Packet {
  readonly family: Family;
  readonly protocol: Protocol;
  readonly source: Socket;
  readonly destination: Socket;
  /** IPv6: hop limit. */
  readonly ttl: number;
}

/** The header around the packet. Its source is null where the director's DIP of that family is not known. */
export interface Outer {
  readonly type: Tunnel['type'];
  readonly family: Family;
  /** The header's own protocol number: 4 IPv4 inside, 41 IPv6 inside, 17 UDP, 47 GRE. */
  readonly ipProtocol: 4 | 17 | 41 | 47;
  readonly source: IpAddress | null;
  readonly destination: IpAddress;
  readonly ttl: number;
  /** GUE only; the source port is a hash of the connection. */
  readonly udpPort: number | null;
}

/** What fits in one frame of the link. */
export interface Room {
  readonly mtuBytes: number;
  /** Of the outer headers; 0 without a tunnel. */
  readonly overheadBytes: number;
  /** The largest IP packet, its header included. */
  readonly packetBytes: number;
  /** What is left of it behind the IP header and the shortest TCP, UDP or SCTP data header. */
  readonly payloadBytes: number;
}

export interface Hop {
  readonly direction: 'request' | 'reply';
  readonly from: Station;
  readonly to: Station;
  /** Null within one host, where there is no frame. */
  readonly sourceMac: Station | null;
  readonly destinationMac: Station | null;
  readonly packet: Packet;
  readonly outer: Outer | null;
  readonly room: Room;
}

export type WalkFaultCode =
  /** The director's kernel refuses a real server of this family by this method. */
  | 'familyNeedsTunnel'
  /** A proxy opens its own connection and has to know one port. */
  | 'proxiedNeedsPort'
  /** A packet from a loopback address leaves no host. */
  | 'loopbackLeavesNoHost'
  /** A packet from another host is not delivered to a loopback address. */
  | 'loopbackByNat'
  /** A director that is its own client asks from the VIP, and the real server answers itself. */
  | 'clientIsDirector'
  /** A real server by NAT on the director answers the client past the translation. */
  | 'realServerIsDirector'
  /** A router sends what DR put on its link back to the holder of the VIP. */
  | 'drAcrossRouter'
  /** The packet arrives at another port than the one the real server is defined with. */
  | 'portNotChanged'
  /** The real server reaches the client without the director, which alone can change the reply back. */
  | 'natReplyPastDirector'
  /** Nothing remembers what NAT has to change back. */
  | 'onePacketByNat'
  /** The director holds the VIP and drops what comes to it from the VIP. */
  | 'replyThroughDirector';

/** Why the client gets no answer, at which hop of the walk it shows. */
export interface WalkFault {
  readonly code: WalkFaultCode;
  readonly hop: number;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface Walk {
  readonly hops: readonly Hop[];
  /** Null: there is no reply. */
  readonly reply: 'throughDirector' | 'direct' | null;
  readonly faults: readonly WalkFault[];
}

/**
 * Where the client is. `sameSubnet`: on the link of director and real servers; `behindDirector`: on another link of the director, which is its
 * router there; `behindRouter`: anywhere else; `onDirector`: the director itself asks.
 */
export type WalkClient =
  | { readonly place: 'sameSubnet' | 'behindDirector' | 'behindRouter'; readonly address: IpAddress; readonly port: number }
  | { readonly place: 'onDirector'; readonly port: number };

export type ClientPlace = WalkClient['place'];

export type RealServerPlace = 'sameSubnet' | 'behindRouter' | 'onDirector';

export interface WalkInput {
  readonly service: Pick<VirtualService, 'match' | 'persistence' | 'onePacket'>;
  readonly realServer: Pick<RealServer, 'rip' | 'port' | 'method'>;
  readonly dip: ClusterDirector['dip'];
  /** What the client asks for: one of the service's VIPs and ports. */
  readonly target: { readonly vip: IpAddress; readonly port: number };
  readonly client: WalkClient;
  readonly realServerPlace: RealServerPlace;
  /** Of every link between hosts. */
  readonly mtuBytes: number;
}
