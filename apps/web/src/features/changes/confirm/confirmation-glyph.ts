// The sign of what a director says of a change that was to be confirmed.
import type { Status } from '@weir/ui';
import type { ApplyDirectorView } from '../../../server/changes/change-view.ts';

export const confirmationGlyph: Record<NonNullable<ApplyDirectorView['confirmation']>, Status> = {
  waiting: 'draining', confirmed: 'up', wentBack: 'degraded', partlyBack: 'down', unknown: 'unknown',
};
