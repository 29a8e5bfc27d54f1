// From an address to a firewall mark and back.
import { expect, test } from 'vitest';
import { familyOfMatch, freeMark, toAddress, toMark, type AddressMatch, type MarkMatch } from './switch-match.ts';

const address: AddressMatch = { kind: 'address', protocol: 'udp', vip: '10.0.0.1', port: 5060 };
const mark: MarkMatch = { kind: 'mark', family: 'ipv4', mark: 7, protocol: 'udp', vips: ['10.0.0.1', '10.0.0.2'], ports: [5060, 5061] };

test('protocol, VIP and port go into the mark and come back', () => {
  const marked = toMark(address, { mark: 3, vips: [], ports: [] });
  expect(marked).toEqual({ kind: 'mark', family: 'ipv4', mark: 3, protocol: 'udp', vips: ['10.0.0.1'], ports: [5060] });
  expect(toAddress(marked)).toEqual(address);
});

test('a mark that is taken back is whole again, with what was changed meanwhile', () => {
  expect(toMark(toAddress(mark), mark)).toEqual(mark);
  expect(toMark({ ...toAddress(mark), vip: '10.0.0.9', port: 80 }, mark)).toEqual({ ...mark, vips: ['10.0.0.9', '10.0.0.2'], ports: [80, 5061] });
});

test('every port stays every port', () => {
  expect(toMark({ ...address, port: 0 }, { mark: 1, vips: [], ports: [] }).ports).toEqual([]);
  expect(toAddress({ ...mark, ports: [] }).port).toBe(0);
});

test('what is half typed goes along, what is no number does not', () => {
  expect(toMark({ ...address, vip: 'fd00:', port: Number.NaN }, { mark: 1, vips: [], ports: [] })).toMatchObject({ family: 'ipv6', vips: ['fd00:'], ports: [] });
  expect(toAddress({ ...mark, vips: [], ports: [Number.NaN] })).toEqual({ ...address, vip: '', port: 0 });
});

test('the family of a mark is chosen, that of an address is written in it', () => {
  expect(familyOfMatch({ ...mark, family: 'ipv6' })).toBe('ipv6');
  expect(familyOfMatch({ ...address, vip: ' FD00::1 ' })).toBe('ipv6');
  expect(familyOfMatch({ ...address, vip: '' })).toBe('ipv4');
});

test('a new mark takes the lowest number that is free', () => {
  expect(freeMark([address])).toBe(1);
  expect(freeMark([{ ...mark, mark: 1 }, { ...mark, mark: 3 }, address])).toBe(2);
});
