// A process that does nothing but journal, to be killed at it: says each interval that is written.
import { pino } from 'pino';
import { Journal } from '../history/journal/journal.ts';
import { closedAt } from './intervals.ts';

const [folder = ''] = process.argv.slice(2);
const journal = await Journal.open({ folder, log: pino({ level: 'silent' }) });
const last = await journal.lastShown();
let number = last === null ? 0 : Number(last.shown.services[0]?.counters.connections);
for (;;) {
  number += 1;
  await journal.append(closedAt(number), 'life');
  process.stdout.write(`${number}\n`);
  if (number % 7 === 0) {
    const { journalId, intervals } = await journal.read({ journalId: null, after: 0, limit: 4 });
    const committed = intervals.at(-1)?.sequence;
    if (committed !== undefined) await journal.commit({ journalId, sequence: committed });
    process.stdout.write(`committed ${committed}\n`);
  }
}
