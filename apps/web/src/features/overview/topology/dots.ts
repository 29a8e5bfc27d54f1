// The real servers of a service in miniature: one dot each, the gravest first, as many as have room. Pure.
import type { ServiceLine } from '../../../live/service-line.ts';

export type Dot = 'down' | 'draining' | 'out' | 'up';

export function dotsOf({ all, down, draining, out }: ServiceLine['realServers'], most: number): { readonly dots: readonly Dot[]; readonly left: number } {
  const up = Math.max(0, all - down - draining - out);
  const states: [Dot, number][] = [['down', down], ['draining', draining], ['out', out], ['up', up]];
  const dots = states.flatMap(([dot, count]) => Array.from({ length: Math.min(count, most) }, () => dot)).slice(0, most);
  return { dots, left: Math.max(0, down + draining + out + up - dots.length) };
}
