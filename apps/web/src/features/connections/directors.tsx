'use client';
// What the directors of a cluster say of its connections, side by side, and marked where it answers the question before.
import { Empty, Panel } from '@weir/ui';
import { useTranslations } from 'use-intl';
import { DirectorConnections, type Director, type DirectorConnectionsProps } from './director-connections.tsx';
import { GroupTable } from './groups.tsx';
import { countOf } from './state-counts.tsx';

export interface DirectorsProps extends Omit<DirectorConnectionsProps, 'director'> {
  directors: readonly Director[];
}

export function Directors({ directors, before, ...rest }: DirectorsProps) {
  const t = useTranslations('connections');
  if (directors.length === 0) return <Empty title={t('noDirector')} why={t('noDirectorWhy')} />;
  return (
    <div aria-busy={before} className={`flex min-w-0 flex-col gap-3 ${before ? 'opacity-60' : ''}`}>
      {rest.view.groupBy === 'director' && <ByDirector directors={directors} view={rest.view} />}
      {directors.map((director) => <DirectorConnections key={director.directorId} director={director} before={before} {...rest} />)}
    </div>
  );
}

/** Of those that said something; a part of a table is no share of anything. */
function ByDirector({ directors, view }: Pick<DirectorsProps, 'directors' | 'view'>) {
  const t = useTranslations('connections');
  const said = directors.flatMap((director) => (director.error === null ? [{ key: director.directorId, name: director.name, count: countOf(director.list) }] : []));
  const silent = directors.flatMap(({ name, error }) => (error === null ? [] : [name]));
  const sampled = directors.flatMap((director) => (director.error === null && director.list.sample !== null ? [director.name] : []));
  const names = new Map(said.map(({ key, name }) => [key, name]));
  const { groupBy: _, ...others } = view;
  return (
    <Panel title={t('groupings.director')} padded={false}>
      <GroupTable
        caption={t('groupings.director')} by="director" groups={said} total={sampled.length > 0 ? null : said.reduce((sum, { count }) => sum + (count ?? 0), 0)}
        nameOf={(key) => ({ text: names.get(key) ?? key, view: { ...others, directorId: key } })}
      />
      {silent.length > 0 && <p className="px-3 py-2 text-sm text-muted">{t('withoutSilent', { directors: silent.join(', '), heard: said.length, all: directors.length })}</p>}
      {sampled.length > 0 && <p className="px-3 py-2 text-sm text-muted">{t('withSampled', { directors: sampled.join(', ') })}</p>}
    </Panel>
  );
}
