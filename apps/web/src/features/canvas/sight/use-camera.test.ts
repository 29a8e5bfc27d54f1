// How a drawing is first looked at.
import { tutorialCluster } from '@weir/model';
import { expect, test } from 'vitest';
import { lanesOf } from '../graph/lanes.ts';
import { layOut } from '../layout/lay-out.ts';
import { fitted, zoomMin } from './use-camera.ts';

const { bounds } = layOut(lanesOf(tutorialCluster('a'), () => false), new Map());

test.each([[366, 400], [820, 480], [1_400, 600]])('in %s by %s px, all of the tutorial is in sight', (width, height) => {
  const { x, y, zoom } = fitted({ width, height }, bounds);
  expect([x > 0, x + bounds.width * zoom <= width, y + bounds.height * zoom <= height]).toEqual([true, true, true]);
  expect(zoom).toBeLessThanOrEqual(1);
});

test('of a tall one the upper end is seen, and can be read', () => {
  expect(fitted({ width: 1_400, height: 600 }, { width: 900, height: 40_000 }).zoom).toBe(0.55);
  expect(fitted({ width: 366, height: 600 }, { width: 900, height: 40_000 }).zoom).toBeGreaterThan(zoomMin);
});
