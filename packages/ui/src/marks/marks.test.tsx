// Glyphs and wires: each has its own shape and a name.
import type { MethodKind } from '@weir/model';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { Sparkline } from './sparkline.tsx';
import { StatusGlyph, type Status } from './status-glyph.tsx';
import { Wire } from './wire.tsx';

const statuses: Status[] = ['up', 'degraded', 'down', 'draining', 'draft', 'stale', 'unknown', 'plain'];
const methods: MethodKind[] = ['nat', 'dr', 'tun', 'proxied'];

/** The drawing without what colour or name would tell. */
const shapeOf = (markup: string) => markup.replaceAll(/<svg[^>]*>|<title>.*?<\/title>/g, '');

describe('StatusGlyph', () => {
  test('no two states have the same shape', () => {
    const shapes = statuses.map((status) => shapeOf(renderToStaticMarkup(<StatusGlyph status={status} label="x" />)));
    expect(new Set(shapes).size).toBe(statuses.length);
  });

  test('the label is its name', () => {
    const markup = renderToStaticMarkup(<StatusGlyph status="down" label="down: refused" />);
    expect(markup).toContain('role="img" aria-label="down: refused"');
  });

  test('beside its word the glyph is not read out twice', () => {
    const markup = renderToStaticMarkup(<StatusGlyph status="down" label="down" showLabel />);
    expect(markup).toContain('aria-hidden="true"');
    expect(markup).toContain('<span>down</span>');
    expect(markup).not.toContain('aria-label');
  });
});

test('no two forwarding methods have the same wire, and each is named', () => {
  const drawn = methods.map((method) => renderToStaticMarkup(<Wire method={method} label={`by ${method}`} />));
  expect(new Set(drawn.map(shapeOf)).size).toBe(methods.length);
  drawn.forEach((markup, index) => expect(markup).toContain(`aria-label="by ${methods[index]}"`));
});

test('a sparkline has a name and breaks at gaps', () => {
  const markup = renderToStaticMarkup(<Sparkline values={[1, 1, null, 1, 1]} label="Connections, 5 min" />);
  expect(markup).toContain('aria-label="Connections, 5 min"');
  expect(markup.match(/M/g)).toHaveLength(2);
});
