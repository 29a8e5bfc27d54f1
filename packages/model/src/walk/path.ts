// Which stations a packet passes, by where client and real server are.
import type { ClientPlace, RealServerPlace, Station } from './packet.ts';

export function toDirector(client: ClientPlace): Station[] {
  return client === 'behindRouter' ? ['client', 'router', 'director'] : ['client', 'director'];
}

export function toRealServer(realServer: RealServerPlace): Station[] {
  return realServer === 'behindRouter' ? ['director', 'router', 'realServer'] : ['director', 'realServer'];
}

/** The way back by plain routing, whatever the director knows of the connection. */
export function toClient(realServer: RealServerPlace, client: ClientPlace): Station[] {
  const reachesPastDirector = client === 'sameSubnet' || client === 'behindRouter';
  if (realServer === 'onDirector' || !reachesPastDirector) return throughDirector(realServer, client);
  return realServer === 'behindRouter' || client === 'behindRouter' ? ['realServer', 'router', 'client'] : ['realServer', 'client'];
}

export function throughDirector(realServer: RealServerPlace, client: ClientPlace): Station[] {
  return [...toRealServer(realServer).toReversed(), ...toDirector(client).toReversed().slice(1)];
}

/** Whether what a real server by NAT answers comes to the director: its default route leads there, which a client in its own subnet does not need. */
export function natReplyReachesDirector(realServer: RealServerPlace, client: ClientPlace): boolean {
  if (client === 'onDirector' || client === 'behindDirector') return true;
  return realServer === 'sameSubnet' && client === 'behindRouter';
}
