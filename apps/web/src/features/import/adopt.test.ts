import { tutorialCluster } from '@weir/model';
import { expect, test } from 'vitest';
import { adopt } from './adopt.ts';
import { broughtAlong, forgetBrought, leaveForNewCluster } from './handover.ts';

const imported = { ...tutorialCluster('d1'), directors: [], vips: [{ address: '127.0.8.200', holder: null }] };

test('the only director holds every VIP', () => {
  expect(adopt(imported, ['d2'])).toEqual({ ...imported, directors: [{ directorId: 'd2', dip: { ipv4: null, ipv6: null } }], vips: [{ address: '127.0.8.200', holder: 'd2' }] });
});

test('of several directors nobody is made the holder', () => {
  expect(adopt(imported, ['d2', 'd3']).vips).toEqual([{ address: '127.0.8.200', holder: null }]);
});

test('a director of the text that is chosen keeps its DIP and its VIP', () => {
  const own = tutorialCluster('d1');
  expect(adopt(own, ['d1', 'd2'])).toEqual({ ...own, directors: [...own.directors, { directorId: 'd2', dip: { ipv4: null, ipv6: null } }] });
  expect(adopt(own, []).vips).toEqual([{ address: '127.0.8.200', holder: null }]);
});

test('what is left for the form is there until it is forgotten', () => {
  const key = new URLSearchParams(leaveForNewCluster(imported).split('?')[1]).get('from');
  expect(broughtAlong(key)).toBe(imported);
  expect(broughtAlong(key)).toBe(imported);
  forgetBrought(key);
  expect(broughtAlong(key)).toBeNull();
  expect(broughtAlong(null)).toBeNull();
});
