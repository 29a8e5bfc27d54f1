// What nft prints, and which marks are in it.
import { describe, expect, it } from 'vitest';
import { marksIn } from './nft-marks.ts';

const ruleset = (...expr: unknown[]): string => JSON.stringify({ nftables: [{ metainfo: { version: '1.0.6' } }, { table: { family: 'inet', name: 'weir' } }, { rule: { family: 'inet', expr } }] });
const daddr = { match: { op: '==', left: { payload: { protocol: 'ip', field: 'daddr' } }, right: '192.168.8.200' } };
const sets = (value: unknown): object => ({ mangle: { key: { meta: { key: 'mark' } }, value } });

describe('the marks that rules set', () => {
  it.each<[string, string, readonly number[] | null]>([
    ['one', ruleset(daddr, sets(7)), [7]],
    ['several', ruleset(sets(7), sets(4_294_967_295)), [7, 4_294_967_295]],
    ['none', ruleset(daddr, { counter: null }), []],
    ['none, of another key', ruleset({ mangle: { key: { meta: { key: 'priority' } }, value: 1 } }), []],
    ['who knows, of a rule that computes it', ruleset(sets({ '|': [{ meta: { key: 'mark' } }, 7] })), null],
    ['who knows, of a rule of iptables', ruleset(daddr, { xt: { type: 'target', name: 'MARK' } }), null],
  ])('%s', (_, json, expected) => expect(marksIn(json)).toEqual(expected));

  it.each(['', 'null', '{}', '{"nftables":1}', '[]'])('are not read from %j', (json) => expect(() => marksIn(json)).toThrow(/JSON|invalid_type/));
});
