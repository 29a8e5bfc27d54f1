// The packet walk: what a packet of a service looks like on every link, there and back, as a capture would show it. Pure.
import { addressScope, familyOf } from '../definition/address.ts';
import type { Family, IpAddress } from '../definition/address.ts';
import { replyBypassesDirector } from '../definition/forwarding.ts';
import type { Tunnel } from '../definition/forwarding.ts';
import { keepsPort } from '../lint/rules/ports.ts';
import type { Hop, Packet, Socket, Station, Walk, WalkFault, WalkFaultCode, WalkInput } from './packet.ts';
import { natReplyReachesDirector, throughDirector, toClient, toDirector, toRealServer } from './path.ts';
import { outerOf, tunnelOverheadBytes } from './room.ts';
import { travel } from './travel.ts';
import type { Carriage, Links } from './travel.ts';

/** Linux' net.ipv4.ip_default_ttl, and its IPv6 hop limit. */
const FIRST_TTL = 64;

/** The packet as the last host of a walk so far has it. */
function arrived(hops: readonly Hop[]): Packet {
  const hop = hops.at(-1);
  if (hop === undefined) throw new Error('a walk has a first hop');
  return hop.packet;
}

function linksOf({ client, realServerPlace, mtuBytes }: WalkInput): Links {
  const onDirector = new Set<Station>();
  if (client.place === 'onDirector') onDirector.add('client');
  if (realServerPlace === 'onDirector') onDirector.add('realServer');
  return { mtuBytes, onDirector };
}

/** The kernel takes the VIP itself as the source of what its own host sends there. */
function clientSocket({ client, target }: WalkInput): Socket {
  if (client.place !== 'onDirector') return { address: client.address, port: client.port };
  const loopback = addressScope(target.vip) === 'loopback';
  return { address: loopback && familyOf(target.vip) === 'ipv4' ? '127.0.0.1' : target.vip, port: client.port };
}

function asked(input: WalkInput): Packet {
  const { service: { match }, target } = input;
  return {
    family: familyOf(target.vip), protocol: match.protocol, source: clientSocket(input),
    destination: { address: target.vip, port: target.port }, ttl: FIRST_TTL,
  };
}

function answerTo({ source, destination, ...rest }: Packet): Packet {
  return { ...rest, source: destination, destination: source, ttl: FIRST_TTL };
}

/** ip_vs_xmit.c, decrement_ttl: in every method, but not for a real server on the director. */
function forwarded(packet: Packet, { realServerPlace }: WalkInput): Packet {
  return realServerPlace === 'onDirector' ? packet : { ...packet, ttl: packet.ttl - 1 };
}

/** Why the director sends nothing on. */
function refusal({ service: { match }, realServer: { rip, port, method }, target, client, realServerPlace }: WalkInput): WalkFaultCode | null {
  const loopbackTarget = addressScope(target.vip) === 'loopback';
  if (method.kind === 'proxied') return match.kind === 'mark' || target.port === 0 || port === 0 ? 'proxiedNeedsPort' : null;
  if (method.kind !== 'tun' && familyOf(rip) !== familyOf(target.vip)) return 'familyNeedsTunnel';
  if (loopbackTarget && realServerPlace !== 'onDirector') return 'loopbackLeavesNoHost';
  if (method.kind === 'nat' && addressScope(rip) === 'loopback' && client.place !== 'onDirector') return 'loopbackByNat';
  return null;
}

/** The port that the packet has when it reaches the real server. */
function arrivalPort({ service, realServer, target }: WalkInput): number {
  const { port, method } = realServer;
  if (port === 0 || replyBypassesDirector(method.kind)) return target.port;
  const unchanged = keepsPort({ port, method }, service);
  return unchanged ? target.port : port;
}

function portFault(input: WalkInput, hop: number): WalkFault[] {
  const { port } = input.realServer;
  const arrives = arrivalPort(input);
  return port === 0 || port === arrives ? [] : [{ code: 'portNotChanged', hop, params: { port, arrives } }];
}

function fault(code: WalkFaultCode, hops: readonly Hop[], params: WalkFault['params'] = {}): WalkFault {
  return { code, hop: hops.length - 1, params };
}

/** NAT: the director writes the real server's address there and the VIP back; nothing but the addresses and ports changes. */
function natWalk(input: WalkInput, asking: readonly Hop[]): Walk {
  const { realServer: { rip }, realServerPlace, client, service: { onePacket } } = input;
  const links = linksOf(input);
  const request = arrived(asking);
  const sent = forwarded({ ...request, destination: { address: rip, port: arrivalPort(input) } }, input);
  const there = [...asking, ...travel(toRealServer(realServerPlace), { direction: 'request', packet: sent }, links)];
  const answer: Carriage = { direction: 'reply', packet: answerTo(sent) };
  const faults = portFault(input, there.length - 1);
  if (realServerPlace === 'onDirector' && client.place !== 'onDirector') {
    const hops = [...there, ...travel(throughDirector(realServerPlace, client.place), answer, links)];
    return { hops, reply: 'direct', faults: [...faults, fault('realServerIsDirector', hops)] };
  }
  if (!natReplyReachesDirector(realServerPlace, client.place)) {
    const hops = [...there, ...travel(toClient(realServerPlace, client.place), answer, links)];
    return { hops, reply: 'direct', faults: [...faults, fault('natReplyPastDirector', hops, { rip })] };
  }
  const back = [...there, ...travel(toRealServer(realServerPlace).toReversed(), answer, links)];
  const reply = arrived(back);
  const ttl = client.place === 'onDirector' ? reply.ttl : reply.ttl - 1;
  const changedBack = { ...reply, source: onePacket ? reply.source : request.destination, ttl };
  const hops = [...back, ...travel(toDirector(client.place).toReversed(), { direction: 'reply', packet: changedBack }, links)];
  return { hops, reply: 'throughDirector', faults: onePacket ? [...faults, fault('onePacketByNat', hops)] : faults };
}

function wrapped(packet: Packet, tunnel: Tunnel, rip: IpAddress, dip: WalkInput['dip']): Carriage {
  const family: Family = familyOf(rip);
  return {
    direction: 'request', packet, outer: outerOf(tunnel, packet, family, { source: dip[family], destination: rip }),
    overheadBytes: tunnelOverheadBytes(tunnel, family),
  };
}

/** What a real server that has the VIP itself answers: by its own routes, the director knows nothing of it. */
function ownAnswer(input: WalkInput, there: readonly Hop[], faults: readonly WalkFault[]): Walk {
  const { realServerPlace, client } = input;
  const links = linksOf(input);
  if (client.place === 'onDirector' && realServerPlace !== 'onDirector') {
    return { hops: there, reply: null, faults: [...faults, fault('clientIsDirector', there)] };
  }
  const answer: Carriage = { direction: 'reply', packet: answerTo(arrived(there)) };
  const path = toClient(realServerPlace, client.place);
  const director = path.indexOf('director');
  // fib_validate_source: an IPv4 source that the host itself has is refused. IPv6 looks at no source.
  if (director > 0 && realServerPlace !== 'onDirector' && answer.packet.family === 'ipv4') {
    const hops = [...there, ...travel(path.slice(0, director + 1), answer, links)];
    return { hops, reply: null, faults: [...faults, fault('replyThroughDirector', hops)] };
  }
  return { hops: [...there, ...travel(path, answer, links)], reply: director > 0 ? 'throughDirector' : 'direct', faults };
}

/** DR: the packet as it came, in a frame to the real server. */
function drWalk(input: WalkInput, asking: readonly Hop[]): Walk {
  const carriage: Carriage = { direction: 'request', packet: forwarded(arrived(asking), input) };
  if (input.realServerPlace === 'behindRouter') {
    const hops = [...asking, ...travel(['director', 'router'], carriage, linksOf(input))];
    return { hops, reply: null, faults: [fault('drAcrossRouter', hops)] };
  }
  const there = [...asking, ...travel(toRealServer(input.realServerPlace), carriage, linksOf(input))];
  return ownAnswer(input, there, portFault(input, there.length - 1));
}

/** TUN: the packet as it came, inside another from the director to the real server; none where that is the director itself. */
function tunWalk(input: WalkInput, tunnel: Tunnel, asking: readonly Hop[]): Walk {
  const packet = forwarded(arrived(asking), input);
  const local = input.realServerPlace === 'onDirector';
  const carriage: Carriage = local ? { direction: 'request', packet } : wrapped(packet, tunnel, input.realServer.rip, input.dip);
  const there = [...asking, ...travel(toRealServer(input.realServerPlace), carriage, linksOf(input))];
  return ownAnswer(input, there, portFault(input, there.length - 1));
}

/** Proxied: two connections, the second from the director's own address. */
function proxiedWalk(input: WalkInput, asking: readonly Hop[]): Walk {
  const { realServer: { rip, port }, dip, realServerPlace, client } = input;
  const links = linksOf(input);
  const family = familyOf(rip);
  const opened: Packet = {
    ...arrived(asking), family, source: { address: dip[family], port: null }, destination: { address: rip, port }, ttl: FIRST_TTL,
  };
  const hops = [
    ...asking,
    ...travel(toRealServer(realServerPlace), { direction: 'request', packet: opened }, links),
    ...travel(toRealServer(realServerPlace).toReversed(), { direction: 'reply', packet: answerTo(opened) }, links),
    ...travel(toDirector(client.place).toReversed(), { direction: 'reply', packet: answerTo(arrived(asking)) }, links),
  ];
  return { hops, reply: 'throughDirector', faults: [] };
}

/** Every hop of one request and of its reply, and what stops them. */
export function walk(input: WalkInput): Walk {
  const asking = travel(toDirector(input.client.place), { direction: 'request', packet: asked(input) }, linksOf(input));
  const refused = refusal(input);
  if (refused !== null) return { hops: asking, reply: null, faults: [fault(refused, asking)] };
  const { method } = input.realServer;
  switch (method.kind) {
    case 'nat': return natWalk(input, asking);
    case 'dr': return drWalk(input, asking);
    case 'tun': return tunWalk(input, method.tunnel, asking);
    case 'proxied': return proxiedWalk(input, asking);
  }
}
