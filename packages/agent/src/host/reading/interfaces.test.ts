// Whose an address is, by the kernel's word and by the ledger's.
import type { InterfaceAddress, Link } from '@weir/netlink';
import { expect, it } from 'vitest';
import { interfacesOf, WEIR } from './interfaces.ts';

const eth0: Link = {
  index: 2, name: 'eth0', hardwareAddress: '52:54:00:00:00:01', mtuBytes: 1_500, up: true, running: true, loopback: false, arp: true, kind: null,
};

function address(text: string, protocol: number | null, interfaceIndex = 2): InterfaceAddress {
  return { family: 'ipv4', address: text, prefixLength: 32, interfaceIndex, protocol };
}

function byWeir(addresses: readonly InterfaceAddress[], ledger: readonly string[]): string[] {
  return interfacesOf([eth0], addresses, (one) => ledger.includes(one))
    .flatMap(({ addresses: own }) => own.filter((one) => one.byWeir).map((one) => one.address));
}

it('an address is Weir\'s where the kernel says so, and not where somebody put it on in place of Weir\'s', () => {
  const loopback = address('127.0.0.1', 1, 1);
  expect(byWeir([loopback, address('192.168.8.200', WEIR)], [])).toEqual(['192.168.8.200']);
  expect(byWeir([loopback, address('192.168.8.200', null)], ['192.168.8.200'])).toEqual([]);
});

it('of a kernel that does not say who put an address on, the ledger knows', () => {
  expect(byWeir([address('127.0.0.1', null, 1), address('192.168.8.200', null), address('192.168.8.10', null)], ['192.168.8.200'])).toEqual(['192.168.8.200']);
});

it('leaves out an interface with a name that is no text, and keeps the others', () => {
  expect(interfacesOf([{ ...eth0, index: 3, name: 'Ã\u009c' }, eth0], [], () => false).map(({ name }) => name)).toEqual(['eth0']);
});
