import { describe, expect, it } from 'vitest';
import type { Connection, ConnectionList } from '../live/connection.ts';
import { drainEstimate } from './estimate.ts';

const connection: Connection = {
  protocol: 'tcp', cip: '192.168.8.100', clientPort: 53_532, vip: '192.168.8.200', virtualPort: 80, mark: null, dip: null, directorPort: null,
  rip: '192.168.8.20', realPort: 80, state: 'ESTABLISHED', expiresInMs: 900_000, origin: null, template: false,
};
const lives = (expiresInMs: number | null, changes: Partial<Connection> = {}): Connection => ({ ...connection, expiresInMs, ...changes });
const remembered = (expiresInMs: number, cip = connection.cip): Connection => lives(expiresInMs, { cip, clientPort: 0, template: true, state: 'ASSURED' });

function list(entries: Connection[], changes: Partial<ConnectionList> = {}): ConnectionList {
  const templates = entries.filter(({ template }) => template).length;
  return { entries, total: entries.length - templates, states: null, templates, groups: null, sample: null, unreadable: 0, measuredAtMs: 1_000_000, ...changes };
}

const lastsMs = (found: ConnectionList, persistent: number | null = 0): number | null => {
  const estimate = drainEstimate(found, persistent);
  return estimate === null ? null : estimate.doneAtMs - estimate.measuredAtMs;
};

describe('if all fall silent now, it is over', () => {
  it.each<[string, Connection[], number]>([
    ['at once, where there is nothing', [], 0],
    ['with the connection that lives longest', [lives(60_000), lives(900_000), lives(10_000)], 900_000],
    ['with a template that outlives its connections', [lives(120_000), remembered(300_000)], 300_000],
    ['when a template is looked at again after its client\'s last connection', [lives(900_000), remembered(300_000)], 900_000],
    ['a minute later at most', [lives(900_000), remembered(310_000)], 910_000],
    ['not later for a template whose client has no such connection', [lives(900_000), lives(5_000, { cip: '192.168.8.101' }), remembered(310_000, '192.168.8.101')], 900_000],
    ['not later for a template of another service', [lives(900_000, { virtualPort: 443 }), lives(900_000, { vip: '192.168.8.201' }), remembered(310_000)], 900_000],
    ['by any connection, for the template of a firewall mark', [lives(900_000, { virtualPort: 443 }), { ...remembered(310_000), protocol: 'ip', vip: null, virtualPort: null, mark: 7 }], 910_000],
    ['by any connection of its service, for the template of a network', [lives(900_000), remembered(310_000, '192.168.8.0')], 910_000],
  ])('%s', (_, entries, ms) => expect(lastsMs(list(entries))).toBe(ms));

  it.each<[string, ConnectionList, number | null]>([
    ['of a part of the table', list([lives(1)], { total: null, sample: { read: 1, of: 2 } }), 0],
    ['of the first of many', list([lives(1)], { total: 2 }), 0],
    ['with entries that could not be read', list([lives(1)], { unreadable: 1 }), 0],
    ['with an entry that has no timer', list([lives(null)]), 0],
    ['with clients that are remembered but not listed', list([lives(1)], { templates: null }), 3],
    ['where nobody counts who is remembered', list([lives(1)], { templates: null }), null],
  ])('is not known %s', (_, found, persistent) => expect(lastsMs(found, persistent)).toBeNull());

  it('is known where templates are not listed and there are none', () => expect(lastsMs(list([lives(7_000)], { templates: null }))).toBe(7_000));
});
