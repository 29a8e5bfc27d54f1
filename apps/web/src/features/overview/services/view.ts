// How the overview is looked at, as its address says it: which services, in which order. Pure.
import type { TableSort } from '@weir/ui';

export const sortable = ['state', 'key', 'name', 'active', 'new', 'in', 'out'] as const;

export interface View {
  readonly filter: string;
  /** Null: the gravest first, then those that carry most. */
  readonly sort: TableSort | null;
}

const filterMax = 200;

export function viewOf(params: Pick<URLSearchParams, 'get'>): View {
  const text = params.get('sort') ?? '';
  const descending = text.startsWith('-');
  const id = sortable.find((each) => each === (descending ? text.slice(1) : text));
  return { filter: (params.get('filter') ?? '').slice(0, filterMax), sort: id === undefined ? null : { id, descending } };
}

/** The address's other parameters stay. */
export function withView(params: URLSearchParams, { filter, sort }: View): string {
  const next = new URLSearchParams(params);
  if (filter.trim() === '') next.delete('filter');
  else next.set('filter', filter.slice(0, filterMax));
  if (sort === null) next.delete('sort');
  else next.set('sort', `${sort.descending ? '-' : ''}${sort.id}`);
  const text = next.toString();
  return text === '' ? '' : `?${text}`;
}
