// @vitest-environment happy-dom
// Whatever an edit or a step back makes of a definition is what the form holds afterwards, and typing there changes no step.
import { act, renderHook } from '@testing-library/react';
import * as fc from 'fast-check';
import { tutorialCluster, type ClusterDefinition } from '@weir/model';
import { useForm } from 'react-hook-form';
import { expect, test } from 'vitest';
import type { ClusterForm } from '../definition/form-values.ts';
import { putDefinition } from './put-definition.ts';

const base = tutorialCluster('lvs-a');

const definitions: fc.Arbitrary<ClusterDefinition> = fc.record({
  name: fc.constantFrom('', 'edge'), directors: fc.subarray(base.directors), vips: fc.subarray(base.vips),
  services: fc.shuffledSubarray(['web', 'dns', 'mail', 'api', 'ftp', 'ssh']).chain((ids) => fc.tuple(...ids.map((id) => fc.record({
    name: fc.constantFrom('a', 'b'),
    realServers: fc.shuffledSubarray(['one', 'two', 'three']).chain((inside) => fc.tuple(...inside.map((each) => fc.constantFrom(0, 1, Number.NaN).map((weight) => ({ id: each, weight }))))),
  }).map(({ name, realServers }) => ({ id, name, realServers }))))),
}).map(({ services, ...rest }) => ({
  ...base, ...rest,
  services: services.flatMap(({ id, name, realServers }) => base.services.map((service) => ({
    ...service, id, name, realServers: realServers.flatMap((changed) => service.realServers.slice(0, 1).map((realServer) => ({ ...realServer, ...changed }))),
  }))),
}));

test('all of it, from any draft to any other, and the draft before stays as it was', async () => {
  await fc.assert(fc.asyncProperty(definitions, definitions, async (before, after) => {
    const { result, unmount } = renderHook(() => useForm<ClusterForm, unknown, ClusterForm>({ defaultValues: { definition: structuredClone(before), reason: 'why' } }));
    const kept = structuredClone(after);
    await act(async () => putDefinition(result.current, before, after));
    expect(result.current.getValues()).toEqual({ definition: after, reason: 'why' });
    await act(async () => result.current.setValue('definition.name', 'typed'));
    expect(after).toEqual(kept);
    unmount();
  }), { numRuns: 60 });
});
