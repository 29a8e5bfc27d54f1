// Entries as lines, also those that somebody wrote to do harm in a spreadsheet.
import { describe, expect, it } from 'vitest';
import { formats } from './formats.ts';
import type { AuditEntry } from './read.ts';

const entry: AuditEntry = {
  id: 9_007_199_254_740_993n, at: new Date('2026-11-22T10:00:00.123Z'), actorId: null, actorName: 'Ann', action: 'clusters.save', objectKind: 'cluster',
  objectId: 'c1', objectName: 'web', before: { name: 'a,"b"' }, after: null, address: '192.0.2.1', outcome: 'done',
};

describe('an entry', () => {
  it('is one line of JSON that says all of it', () => {
    const line = formats.jsonl.line({ ...entry, objectName: 'two\nlines' });
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(JSON.parse(line)).toEqual({ ...entry, id: '9007199254740993', at: '2026-11-22T10:00:00.123Z', objectName: 'two\nlines' });
  });

  it('is one row of CSV with as many cells as the head', () => {
    expect(formats.csv.head).toBe('\u{FEFF}id,at,actorId,actorName,action,objectKind,objectId,objectName,before,after,address,outcome\r\n');
    expect(formats.csv.line(entry)).toBe('9007199254740993,2026-11-22T10:00:00.123Z,,Ann,clusters.save,cluster,c1,web,"{""name"":""a,\\""b\\""""}",,192.0.2.1,done\r\n');
  });

  it.each([
    '=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\u{A0}=1', '\u{0}=1', '＝1', '＋1', '－1', '＠a', '|calc', '\tplain',
  ])('named %j is text to a spreadsheet', (objectName) => {
    const cell = formats.csv.line({ ...entry, before: null, objectName }).split('web').join('').slice(0, -2);
    expect(cell).toContain(`,"'${objectName}",`);
  });

  it('named like a formula keeps its name in JSON', () => {
    expect(JSON.parse(formats.jsonl.line({ ...entry, objectName: '=1+1' }))).toMatchObject({ objectName: '=1+1' });
  });
});
