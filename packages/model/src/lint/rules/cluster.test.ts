import { describe } from 'vitest';
import { cluster, service } from '../../testing/definitions/cluster.ts';
import type { Broken, Clean } from '../../testing/definitions/lint-cases.ts';
import { address, atRealServer, atService, checkRules, director, mark, vip, vip6, withRealServer, withService } from '../../testing/definitions/lint-cases.ts';
import { clusterRules } from './cluster.ts';

const two = [director('lb-1', '192.168.8.10'), director('lb-2', '192.168.8.11')];
const held = { address: vip, holder: 'lb-1' };

const broken: readonly Broken[] = [
  { code: 'noDirector', path: ['directors'], params: {}, definition: cluster({ directors: [], vips: [], services: [] }), mended: null },
  { code: 'duplicateDirector', path: ['directors', 1, 'directorId'], params: { director: 'lb-1' },
    definition: cluster({ directors: [director('lb-1'), director('lb-1')] }), mended: cluster({ directors: [director('lb-1')] }) },
  { code: 'duplicateDip', path: ['directors', 1, 'dip', 'ipv4'], params: { director: 'lb-2', otherDirector: 'lb-1', dip: '192.168.8.10' },
    definition: cluster({ directors: [director('lb-1', '192.168.8.10'), director('lb-2', '192.168.8.10')] }), mended: null },
  { code: 'duplicateDip', path: ['directors', 2, 'dip', 'ipv6'], params: { director: 'lb-3', otherDirector: 'lb-2', dip: 'fd00::10' },
    definition: cluster({ directors: [director('lb-1'), director('lb-2', null, 'fd00::10'), director('lb-3', '192.168.8.12', 'fd00::10')] }), mended: null },
  { code: 'duplicateId', path: ['services', 1, 'id'], params: { id: 'web' },
    definition: cluster({ services: [service('web'), service('web', { name: 'other', match: address({ port: 81 }) })] }), mended: null },
  { code: 'duplicateId', path: [...atRealServer, 'id'], params: { id: 'rs-20' }, definition: withRealServer({ id: 'rs-20' }), mended: null },
  { code: 'duplicateVip', path: ['vips', 1, 'address'], params: { vip }, definition: cluster({ vips: [held, held] }), mended: cluster() },
  { code: 'vipWithoutHolder', path: ['vips', 0, 'holder'], params: { vip }, definition: cluster({ vips: [{ address: vip, holder: null }] }), mended: cluster() },
  { code: 'vipWithoutHolder', path: ['vips', 0, 'holder'], params: { vip },
    definition: cluster({ directors: two, vips: [{ address: vip, holder: null }] }), mended: null },
  { code: 'holderNotInCluster', path: ['vips', 0, 'holder'], params: { vip, director: 'lb-9' },
    definition: cluster({ vips: [{ address: vip, holder: 'lb-9' }] }), mended: cluster() },
  { code: 'vipIsDirector', path: ['vips', 0, 'address'], params: { vip, director: 'lb-2' },
    definition: cluster({ directors: [director('lb-1'), director('lb-2', vip)] }), mended: null },
  { code: 'vipWithoutService', path: ['vips', 1, 'address'], params: { vip: vip6 },
    definition: cluster({ vips: [held, { address: vip6, holder: 'lb-1' }] }), mended: cluster() },
  { code: 'vipNotListed', path: [...atService, 'match'], params: { service: 'web', vip }, definition: cluster({ vips: [] }), mended: cluster() },
  { code: 'vipNotListed', path: [...atService, 'match'], params: { service: 'web', vip },
    definition: cluster({ directors: two, vips: [] }), mended: null },
  { code: 'vipNotListed', path: [...atService, 'match'], params: { service: 'web', vip: '192.168.8.201' },
    definition: withService({ match: { ...mark, vips: [vip, '192.168.8.201'] } }),
    mended: { ...withService({ match: { ...mark, vips: [vip, '192.168.8.201'] } }), vips: [held, { address: '192.168.8.201', holder: 'lb-1' }] } },
];

const clean: readonly Clean[] = [
  ['a director without a DIP', cluster({ directors: [director('lb-1')] })],
  ['two directors without DIPs', cluster({ directors: [director('lb-1'), director('lb-2')] })],
  ['two directors with a DIP each', cluster({ directors: two })],
  ['one real server in two services', cluster({ services: [service('a'), service('b', { match: address({ port: 81 }) })] })],
];

describe('rules about the cluster', () => { checkRules(clusterRules, broken, clean); });
