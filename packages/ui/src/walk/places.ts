// Where the picture of a packet walk puts hosts, arrows and their words: the triangle that LVS tutorials draw.
import type { Station } from '@weir/model';

/** The lower part is the router's. */
export const picture = { width: 420, height: 268, heightWithoutRouter: 168 } as const;
export const box = { width: 126, height: 54 } as const;

/** Upper left corners: the director above, client and real server beside it, a router below. */
export const corners: Readonly<Record<Station, readonly [x: number, y: number]>> = {
  client: [1, 108], director: [147, 1], realServer: [293, 108], router: [147, 212],
};

interface Segment {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  /** Of the first line of words; the next ones stand below. */
  readonly words: readonly [x: number, y: number];
  readonly anchor: 'start' | 'middle' | 'end';
}

const segments: Readonly<Record<string, Segment>> = {
  'client director': { from: [64, 108], to: [147, 28], words: [80, 62], anchor: 'end' },
  'director realServer': { from: [273, 28], to: [356, 108], words: [340, 62], anchor: 'start' },
  'client realServer': { from: [127, 135], to: [293, 135], words: [210, 118], anchor: 'middle' },
  'client router': { from: [64, 162], to: [147, 239], words: [80, 210], anchor: 'end' },
  'director router': { from: [210, 55], to: [210, 212], words: [220, 92], anchor: 'start' },
  'realServer router': { from: [356, 162], to: [273, 239], words: [340, 210], anchor: 'start' },
};

/** The segment between two hosts, in the direction that is asked for. */
export function segmentBetween(from: Station, to: Station): Segment {
  const there = segments[`${from} ${to}`];
  if (there !== undefined) return there;
  const back = segments[`${to} ${from}`];
  if (back === undefined) throw new Error(`no way from ${from} to ${to}`);
  return { ...back, from: back.to, to: back.from };
}

/** Beside the middle line, to the right of its direction: there and back run apart. */
export function aside({ from: [x1, y1], to: [x2, y2] }: Pick<Segment, 'from' | 'to'>, px: number): readonly [x1: number, y1: number, x2: number, y2: number] {
  const length = Math.hypot(x2 - x1, y2 - y1);
  const [dx, dy] = [((y1 - y2) / length) * px, ((x2 - x1) / length) * px];
  return [x1 + dx, y1 + dy, x2 + dx, y2 + dy];
}
