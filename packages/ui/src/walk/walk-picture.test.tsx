// The picture of a packet walk: a box per host, an arrow per hop, and nothing on top of each other.
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { aside, box, corners, picture, segmentBetween } from './places.ts';
import { WalkPicture, type PictureHop } from './walk-picture.tsx';

const hosts = [
  { station: 'client', name: 'client', letter: 'C', lines: ['CIP 192.168.8.100'] }, { station: 'director', name: 'director', letter: 'D', lines: ['VIP 192.168.8.200', 'DIP 192.168.8.10'] },
  { station: 'realServer', name: 'rs-20', letter: 'R', lines: ['RIP 2001:db8:1111:2222:3333:4444:5555:6666'] },
] as const;
const hops: PictureHop[] = [
  { from: 'client', to: 'director', direction: 'request', words: 'CIP → VIP', outer: null, broken: false },
  { from: 'director', to: 'realServer', direction: 'request', words: 'CIP → VIP', outer: 'DIP → RIP', broken: false },
  { from: 'realServer', to: 'client', direction: 'reply', words: 'VIP → CIP', outer: null, broken: true },
];

test('each hop is a numbered arrow, replies have another stroke, and a broken one a sign', () => {
  const markup = renderToStaticMarkup(<WalkPicture label="How a packet goes" hosts={hosts} hops={hops} />);
  expect(markup).toContain('role="img" aria-label="How a packet goes"');
  expect(markup.match(/data-hop=/g)).toHaveLength(3);
  expect(markup.match(/stroke-dasharray/g)).toHaveLength(1);
  expect(markup).toContain('✕');
  expect(markup).toContain('[CIP → VIP]');
});

test('an address too long for its box is shortened and stays inside', () => {
  const markup = renderToStaticMarkup(<WalkPicture label="x" hosts={hosts} hops={[]} />);
  expect(markup).toContain('RIP 2001:db…:5555:6666');
  const [size = '99'] = markup.match(/(?<=font-size=")[\d.]+(?=">RIP)/) ?? [];
  expect(Number(size) * 22 * 0.6).toBeLessThan(box.width - 13);
});

test('a router has its place below, which is left out without one', () => {
  const withRouter = [...hosts, { station: 'router', name: 'router', letter: 'G', lines: [] } as const];
  expect(renderToStaticMarkup(<WalkPicture label="x" hosts={hosts} hops={[]} />)).toContain('viewBox="0 0 420 168"');
  expect(renderToStaticMarkup(<WalkPicture label="x" hosts={withRouter} hops={[]} />)).toContain('viewBox="0 0 420 268"');
});

test('there and back run apart, and all boxes are inside the picture', () => {
  const there = aside(segmentBetween('client', 'director'), 5);
  const back = aside(segmentBetween('director', 'client'), 5);
  expect(Math.hypot(there[0] - back[2], there[1] - back[3])).toBeCloseTo(10);
  for (const [x, y] of Object.values(corners)) {
    expect(x + box.width).toBeLessThan(picture.width);
    expect(y + box.height).toBeLessThan(picture.height);
  }
  expect(() => segmentBetween('client', 'client')).toThrow('no way from client to client');
});
