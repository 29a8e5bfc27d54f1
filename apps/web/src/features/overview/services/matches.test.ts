// The filter of the overview's services.
import { expect, test } from 'vitest';
import type { ServiceLine } from '../../../live/service-line.ts';
import { fitting } from './matches.ts';

const line = (name: string, key: string): ServiceLine => ({
  clusterId: 'c', serviceId: name, name, key, method: 'dr', directors: [], troubles: [], realServers: { all: 0, down: 0, draining: 0, out: 0 },
  carried: { active: null, perSecond: { connections: null, bytesIn: null, bytesOut: null }, byteKind: null },
});
const lines = [line('web', 'tcp 10.0.0.1:80'), line('Web TLS', 'tcp 10.0.0.1:443'), line('dns', 'udp 10.0.0.2:53')];
const names = (filter: string) => fitting(lines, filter, ({ name }) => (name === 'dns' ? ['edge', '未转发'] : [])).map(({ name }) => name);

test('every word must be in it, in any order and case', () => {
  expect(names('WEB 10.0')).toEqual(['web', 'Web TLS']);
  expect(names('443 web')).toEqual(['Web TLS']);
  expect(names('web dns')).toEqual([]);
});

test('cluster, directors and state count, in any language', () => {
  expect(names('edge')).toEqual(['dns']);
  expect(names('未转发 udp')).toEqual(['dns']);
});

test('nothing typed leaves all', () => expect(names('  ')).toHaveLength(3));
