import { describe, expect, it } from 'vitest';
import { replaced } from '../testing/replaced.ts';
import { Connection, ConnectionList } from './connection.ts';

describe('a connection', () => {
  const connection: Connection = {
    protocol: 'tcp', cip: '192.168.8.100', clientPort: 53_532, vip: '192.168.8.200', virtualPort: 80, dip: null, directorPort: null,
    rip: '192.168.8.20', realPort: 80, state: 'ESTABLISHED', expiresInMs: 900_000,
  };
  it('is read as it is', () => expect(Connection.parse(connection)).toEqual(connection));
  it.each<[string, unknown]>([['cip', 'x'], ['clientPort', 65_536], ['dip', undefined], ['state', ''], ['state', 'x'.repeat(33)], ['state', '\u001b[2J'], ['expiresInMs', -1], ['expiresInMs', 0.5], ['age', 1]])(
    'is refused with %s %j', (field, value) => expect(Connection.safeParse(replaced(connection, [field], value)).success).toBe(false));
  it('comes with at most 10,000 others', () => {
    const fits = [10_000, 10_001].map((length) => (
      ConnectionList.safeParse({ entries: Array.from({ length }, () => connection), total: 1_000_000, measuredAtMs: 0 }).success));
    expect(fits).toEqual([true, false]);
  });
});
