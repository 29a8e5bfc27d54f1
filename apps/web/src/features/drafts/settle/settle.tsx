'use client';
// Somebody saved a revision since a draft began: base, wanted and mine side by side, settled object by object.
import { merge, type ClusterDefinition, type DraftValues, type Meeting, type Side, type Standing } from '@weir/model';
import { Button, Notice, Panel } from '@weir/ui';
import { useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { MeetingRow } from './meeting-row.tsx';
import { sidesOf } from './sides.ts';

export interface SettleProps {
  base: { readonly number: number; readonly definition: ClusterDefinition };
  wanted: { readonly number: number; readonly author: string; readonly definition: ClusterDefinition };
  mine: DraftValues;
  nameOf: (directorId: string) => string;
  onSettled: (values: DraftValues) => void;
  onDiscard: () => void;
}

// What is for a person comes first.
const order: readonly Standing[] = ['conflict', 'wanted', 'mine', 'both'];
/** More rows at once are more than a person reads, and the page must stay quick. */
const pageRows = 200;

export function Settle({ base, wanted, mine, nameOf, onSettled, onDiscard }: SettleProps) {
  const t = useTranslations('settle');
  const drafts = useTranslations('drafts');
  const [choices, setChoices] = useState<ReadonlyMap<string, Side>>(new Map());
  const [refused, setRefused] = useState(false);
  const sides = useMemo(() => ({ base: base.definition, wanted: wanted.definition, mine: mine.definition }), [base, wanted, mine]);
  const { meetings } = useMemo(() => merge(sides), [sides]);
  const open = meetings.filter(({ key, standing }) => standing === 'conflict' && !choices.has(key)).length;
  const choose = (keys: readonly string[], side: Side) => setChoices(new Map([...choices, ...keys.map((key): [string, Side] => [key, side])]));
  const conflicts = meetings.filter(({ standing }) => standing === 'conflict').map(({ key }) => key);
  const go = () => {
    setRefused(open > 0);
    if (open > 0) document.querySelector<HTMLElement>('[data-open-conflict] input')?.focus();
    else onSettled({ ...mine, definition: merge(sides, choices).definition });
  };
  return (
    <>
      <Notice tone="info" what={drafts('movedOn', { author: wanted.author, head: wanted.number })} why={t('lead')} />
      {order.map((standing) => {
        const group = meetings.filter((meeting) => meeting.standing === standing);
        return group.length > 0 && (
          <Panel key={standing} title={t(`groups.${standing}`, { count: group.length })} sub={t(`groupsWhy.${standing}`, { author: wanted.author })} padded={false}>
            <Meetings meetings={group} caption={t(`groups.${standing}`, { count: group.length })} base={base.number} wanted={wanted} nameOf={nameOf} choices={choices} onChoose={choose} />
          </Panel>
        );
      })}
      {refused && open > 0 && <p role="alert" className="text-down">{t('open', { count: open })}</p>}
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" onClick={go}>{t('goOn', { revision: wanted.number })}</Button>
        {conflicts.length > 1 && <Button onClick={() => choose(conflicts, 'mine')}>{t('allMine')}</Button>}
        {conflicts.length > 1 && <Button onClick={() => choose(conflicts, 'wanted')}>{t('allWanted', { revision: wanted.number })}</Button>}
        <Button variant="quiet" onClick={onDiscard}>{drafts('discard')}</Button>
      </div>
    </>
  );
}

interface MeetingsProps extends Pick<SettleProps, 'wanted' | 'nameOf'> {
  meetings: readonly Meeting[];
  caption: string;
  base: number;
  choices: ReadonlyMap<string, Side>;
  onChoose: (keys: readonly string[], side: Side) => void;
}

function Meetings({ meetings, caption, base, wanted, nameOf, choices, onChoose }: MeetingsProps) {
  const t = useTranslations('settle');
  const [most, setMost] = useState(pageRows);
  const left = meetings.length - most;
  const heads = [t('object'), t('base', { revision: base }), t('wanted', { revision: wanted.number, author: wanted.author }), t('mine'), t('take')];
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left">
        <caption className="sr-only">{caption}</caption>
        <thead><tr>{heads.map((head) => <th key={head} scope="col" className="border-b border-line px-3 py-1.5 font-medium whitespace-nowrap">{head}</th>)}</tr></thead>
        <tbody>
          {meetings.slice(0, most).map((meeting) => {
            const words = sidesOf(meeting, nameOf);
            return words !== null && (
              <MeetingRow
                key={meeting.key} meeting={meeting} sides={words} revision={wanted.number} chosen={choices.get(meeting.key) ?? null}
                onChoose={(side) => onChoose([meeting.key], side)}
              />
            );
          })}
        </tbody>
      </table>
      {left > 0 && (
        <p className="flex flex-wrap items-center gap-3 px-3 py-2 text-muted">
          {t('more', { count: left })}
          <Button className="h-7" onClick={() => setMost(most + pageRows)}>{t('showMore', { count: Math.min(left, pageRows) })}</Button>
        </p>
      )}
    </div>
  );
}
