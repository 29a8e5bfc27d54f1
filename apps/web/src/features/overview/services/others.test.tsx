// @vitest-environment happy-dom
// What fits the filter beside the lines of the overview, and how much more there is.
import { cleanup, configure, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { ServiceLine } from '../../../live/service-line.ts';
import { ada, renderInPanel } from '../../../trpc/testing/in-panel.tsx';
import { Others } from './others.tsx';

configure({ asyncUtilTimeout: 15_000 });
afterEach(cleanup);

const line = (serviceId: string): ServiceLine => ({
  clusterId: 'c', serviceId, name: serviceId, key: 'tcp 10.0.0.1:80', method: 'dr', directors: ['a'], troubles: [], realServers: { all: 1, down: 0, draining: 0, out: 0 },
  carried: { active: 0, perSecond: { connections: 0, bytesIn: 0, bytesOut: 0 }, byteKind: 'ipBytes' },
});

function show({ lines, found, more }: { lines: number; found: number; more: number }): void {
  const all = Array.from({ length: found }, (_, index) => ({ kind: 'service', clusterId: 'c', serviceId: `s${index}`, realServerId: null, name: `s${index}`, address: `10.0.0.${index}:80` }));
  renderInPanel(<Others filter="s" lines={Array.from({ length: lines }, (_, index) => line(`s${index}`))} clusterName={() => 'edge'} />, {
    person: ada('viewer'), answer: () => ({ found: all, more }),
  });
}

it.each([
  ['all that are found, and those besides', { lines: 17, found: 20, more: 10 }, 3, '10 more'],
  ['of many found the first', { lines: 0, found: 20, more: 10 }, 8, '22 more'],
  ['where all that are found have a line, only how many more there are', { lines: 20, found: 20, more: 4 }, 0, '4 more'],
])('%s', async (_, given, links, more) => {
  show(given);
  expect((await screen.findByText(new RegExp(`^${more}`))).textContent).toContain(more);
  expect(screen.queryAllByRole('link')).toHaveLength(links);
});
