import { describe, expect, it } from 'vitest';
import { replaced } from '../testing/replaced.ts';
import { Capabilities } from './capabilities.ts';

const little: Capabilities = {
  driver: 'proxy', families: ['ipv4'], protocols: ['tcp'], marks: false, schedulers: ['rr', 'wrr'], persistence: false, persistenceEngines: [],
  onePacket: false, methods: ['proxied'], tunnels: [], thresholds: false, unsure: [], removal: 'reset', outlivesAgent: false, countersRefreshMs: 0, byteKind: 'payloadBytes',
};

describe('capabilities from an agent', () => {
  it('are read as they are', () => expect(Capabilities.parse(little)).toEqual(little));
  it.each<[string, unknown]>([
    ['driver', 'nftables'], ['families', ['ipx']], ['protocols', 'tcp'], ['schedulers', ['twos']], ['removal', undefined], ['countersRefreshMs', -1],
    ['byteKind', 'bytes'], ['marks', 'yes'], ['colour', 'red'],
  ])('are refused with %s %j', (field, value) => {
    expect(Capabilities.safeParse(replaced(little, [field], value)).error?.issues[0]?.path[0] ?? 'colour').toBe(field);
    expect(Capabilities.safeParse(replaced(little, [field], value)).success).toBe(false);
  });
});
