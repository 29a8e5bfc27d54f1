'use client';
// One object that somebody changed: its three sides, and which of them is taken.
import type { Meeting, Side } from '@weir/model';
import { useTranslations } from 'use-intl';
import type { Sides } from './sides.ts';

export interface MeetingRowProps {
  meeting: Meeting;
  sides: Sides;
  /** That is wanted by now. */
  revision: number;
  chosen: Side | null;
  onChoose: (side: Side) => void;
}

export function MeetingRow({ meeting: { key, standing, whole, wanted, mine }, sides, revision, chosen, onChoose }: MeetingRowProps) {
  const t = useTranslations('settle');
  const differences = useTranslations('differences');
  const called = differences(`objects.${sides.object}`, { what: sides.what, service: sides.service });
  const taken = chosen ?? (standing === 'conflict' ? null : standing === 'wanted' ? 'wanted' : 'mine');
  return (
    <tr className="align-top not-last:*:border-b *:border-line" data-open-conflict={standing === 'conflict' && chosen === null ? '' : undefined}>
      <th scope="row" className="px-3 py-1.5 font-medium">
        {called}
        {whole && <span className="block text-sm font-normal text-muted">{t('whole')}</span>}
      </th>
      <Cell sides={sides} side="base" />
      <Cell sides={sides} side="wanted" inside={whole && standing === 'conflict' && wanted === null} />
      <Cell sides={sides} side="mine" inside={whole && standing === 'conflict' && mine === null} />
      <td className="px-3 py-1.5">
        {standing === 'both' ? <span className="text-muted">{t('same')}</span> : (
          <fieldset className="flex flex-wrap gap-x-3">
            <legend className="sr-only">{t('takeOf', { called })}</legend>
            {(['wanted', 'mine'] as const).map((side) => (
              <label key={side} className="flex items-center gap-1.5 whitespace-nowrap">
                <input type="radio" name={`take ${key}`} checked={taken === side} onChange={() => onChoose(side)} className="accent-accent" />
                {side === 'mine' ? t('mine') : t('revision', { revision })}
              </label>
            ))}
          </fieldset>
        )}
      </td>
    </tr>
  );
}

interface CellProps {
  sides: Sides;
  side: 'base' | Side;
  /** It changed real servers of the service, not the service. */
  inside?: boolean;
}

function Cell({ sides: { there, facts }, side, inside = false }: CellProps) {
  const t = useTranslations('settle');
  const differences = useTranslations('differences');
  if (!there[side]) return <td className="px-3 py-1.5 text-muted">{t(side !== 'base' && there.base ? 'deleted' : 'notThere')}</td>;
  const changed = side !== 'base' && facts.filter((fact) => fact[side] !== fact.base).map(({ name }) => name);
  return (
    <td className="px-3 py-1.5 font-mono">
      {facts.length === 0 && t('there')}
      {inside && <span className="block font-sans">{t('inside')}</span>}
      {facts.map((fact) => (
        <span key={fact.name} className={`block ${changed === false || !changed.includes(fact.name) ? 'text-muted' : ''}`}>
          {differences('has', { fact: differences(`names.${fact.name}`), value: fact[side] ?? '—' })}
        </span>
      ))}
    </td>
  );
}
