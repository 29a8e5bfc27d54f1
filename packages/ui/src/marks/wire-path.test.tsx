// Wires between two points: each method has its own strokes, and all lead from one end to the other.
import type { MethodKind } from '@weir/model';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { arrowHead, wireCurve, WirePath } from './wire-path.tsx';

const methods: MethodKind[] = ['nat', 'dr', 'tun', 'proxied'];
const [from, to] = [{ x: 10, y: 20 }, { x: 210, y: 80 }];
const drawn = (method: MethodKind) => renderToStaticMarkup(<svg><WirePath method={method} from={from} to={to} /></svg>);

test('no two methods are drawn alike', () => {
  expect(new Set(methods.map((method) => drawn(method).replace(/data-wire="\w+"/, ''))).size).toBe(methods.length);
});

test('a wire leaves and arrives level, from one point to the other', () => {
  expect(wireCurve(from, to)).toBe('M10 20C110 20 110 80 210 80');
  expect(wireCurve(from, { x: 20, y: 20 })).toMatch(/^M10 20C42 20/);
});

test('heads point where the packet goes; NAT has one each way', () => {
  expect(arrowHead(to)).toBe('M205 76.5L210 80L205 83.5');
  expect(arrowHead(from, 'right')).toBe('M15 16.5L10 20L15 23.5');
  expect(drawn('nat')).toContain('L10 23L');
});
