'use client';
// Said before a drain that leaves a service without a real server for new connections; whoever orders it ticks that they know.
import { Checkbox, Notice } from '@weir/ui';
import { useTranslations } from 'use-intl';
import type { DrainPreview } from '../../server/drains/drain-view.ts';

type Previews = readonly Pick<DrainPreview, 'directorId' | 'name' | 'leftWithNone'>[];

/** Their names by their ids. */
function emptiedBy(directors: Previews): ReadonlyMap<string, string> {
  return new Map(directors.flatMap(({ leftWithNone }) => leftWithNone ?? []).map(({ serviceId, service }) => [serviceId, service]));
}

/** Whether such a drain waits for a word: it is refused without. */
export function waitsForWord(directors: Previews, known: readonly string[]): boolean {
  return [...emptiedBy(directors).keys()].some((serviceId) => !known.includes(serviceId));
}

export interface LeftWithNoneNoticeProps {
  directors: Previews;
  /** Ids of services of which whoever orders knows. */
  known: readonly string[];
  onKnown: (known: readonly string[]) => void;
}

export function LeftWithNoneNotice({ directors, known, onKnown }: LeftWithNoneNoticeProps) {
  const t = useTranslations('drain');
  const emptied = emptiedBy(directors);
  if (emptied.size === 0) return null;
  const left = directors.flatMap(({ directorId, name, leftWithNone }) => (leftWithNone ?? []).map((service) => ({ ...service, directorId, director: name })));
  return (
    <div className="flex flex-col gap-2">
      <Notice
        tone="warn"
        what={left.map(({ outcome, ...values }) => <span key={`${values.directorId} ${values.serviceId}`} className="block">{t(`leftWithNone.${outcome}`, values)}</span>)}
      />
      <Checkbox
        checked={!waitsForWord(directors, known)} label={t('leftKnown', { services: [...emptied.values()].join(', ') })}
        onChange={(event) => onKnown(event.target.checked ? [...emptied.keys()] : [])}
      />
    </div>
  );
}
