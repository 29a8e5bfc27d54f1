// Puts a mended definition into the form's values, part by part: what somebody typed elsewhere stays, and so does the focus.
import { same, type ClusterDefinition, type VirtualService } from '@weir/model';
import type { UseFormReturn } from 'react-hook-form';
import type { ClusterForm } from '../definition/form-values.ts';

type Form = Pick<UseFormReturn<ClusterForm, unknown, ClusterForm>, 'getValues' | 'setValue'>;

const typed = { shouldDirty: true, shouldValidate: true };

/** Each part that differs and that the form still holds as it was before. */
export function putMend({ getValues, setValue }: Form, before: ClusterDefinition, after: ClusterDefinition): void {
  if (changed(getValues('definition.directors'), before.directors, after.directors)) setValue('definition.directors', after.directors, typed);
  if (changed(getValues('definition.vips'), before.vips, after.vips)) setValue('definition.vips', after.vips, typed);
  after.services.forEach((service, index) => {
    const was = before.services[index];
    if (was === undefined || !changed(getValues(`definition.services.${index}`), was, service)) return;
    setValue(`definition.services.${index}`, service, typed);
    // A list of rows hears only what is said to itself.
    if (!sameLength(was, service)) setValue(`definition.services.${index}.realServers`, service.realServers, typed);
  });
}

function changed<T>(held: T, before: T, after: T): boolean {
  return !same(before, after) && same(held, before);
}

function sameLength(one: VirtualService, other: VirtualService): boolean {
  return one.realServers.length === other.realServers.length;
}
