// Puts a whole definition into the form's values: an edit on the canvas, a step taken back or done again.
import { same, type ClusterDefinition } from '@weir/model';
import type { UseFormReturn } from 'react-hook-form';
import type { ClusterForm } from '../definition/form-values.ts';

type Form = Pick<UseFormReturn<ClusterForm, unknown, ClusterForm>, 'setValue' | 'setValues' | 'getValues'>;

const typed = { shouldDirty: true, shouldValidate: true };

// Each part makes the form copy and check all its values once.
const partsMax = 4;

type Put = (form: Form) => void;

/** Part by part where little differs, so that rows that stay keep their fields and the focus; else all at once. */
export function putDefinition(form: Form, before: ClusterDefinition, after: ClusterDefinition): void {
  const parts = partsOf(before, after);
  if (parts !== null && parts.length <= partsMax) parts.forEach((put) => put(form));
  else form.setValues({ definition: structuredClone(after), reason: form.getValues('reason') }, typed);
}

/** Null where services came, went or changed places: their rows are lists in a list. */
function partsOf(before: ClusterDefinition, after: ClusterDefinition): Put[] | null {
  if (!sameIds(before.services, after.services)) return null;
  return [
    ...(before.name === after.name ? [] : [({ setValue }: Form) => setValue('definition.name', after.name, typed)]),
    ...(same(before.directors, after.directors) ? [] : [({ setValue }: Form) => setValue('definition.directors', after.directors, typed)]),
    ...(same(before.vips, after.vips) ? [] : [({ setValue }: Form) => setValue('definition.vips', after.vips, typed)]),
    ...after.services.flatMap((service, index) => {
      const was = before.services[index];
      return was === undefined || same(was, service) ? [] : partsOfService(index, was, service);
    }),
  ];
}

function partsOfService(index: number, before: ClusterDefinition['services'][number], after: ClusterDefinition['services'][number]): Put[] {
  const path = `definition.services.${index}` as const;
  if (!sameIds(before.realServers, after.realServers)) {
    const { realServers: _, ...was } = before;
    const { realServers, ...itself } = after;
    const list: Put = ({ setValue }) => setValue(`${path}.realServers`, realServers, typed);
    return same(was, itself) ? [list] : [({ setValue }) => setValue(path, after, typed), list];
  }
  const changed = after.realServers.flatMap((realServer, place) => (same(before.realServers[place], realServer) ? [] : [place]));
  const [only] = changed;
  const realServer = only === undefined ? undefined : after.realServers[only];
  if (only === undefined || realServer === undefined || changed.length > 1 || !same({ ...before, realServers: [] }, { ...after, realServers: [] })) {
    return [({ setValue }) => setValue(path, after, typed)];
  }
  return [({ setValue }) => setValue(`${path}.realServers.${only}`, realServer, typed)];
}

function sameIds(before: readonly { readonly id: string }[], after: readonly { readonly id: string }[]): boolean {
  return before.length === after.length && before.every(({ id }, index) => id === after[index]?.id);
}
