// When a known director can be enrolled again, and which one a refused code is for.
import { expect, test } from 'vitest';
import { againCommand, canEnrolAgain, directorInTheWay, firstCommand } from './known-director.ts';

const params = { director: 'lvs-a', directorId: 'a1', address: '10.0.0.1:9348' };

test('a director that is lost can be enrolled again, one that answers or is being tried cannot', () => {
  expect((['wrongKey', 'silent', 'refused'] as const).map(canEnrolAgain)).toEqual([true, true, true]);
  expect((['connected', 'connecting', 'versionMismatch'] as const).map(canEnrolAgain)).toEqual([false, false, false]);
});

test('an address that is taken names the director that has it', () => {
  expect(directorInTheWay({ code: 'directorAddressTaken', params })).toEqual({ id: 'a1', name: 'lvs-a' });
});

test('no director is offered for another fault, or without its id', () => {
  expect(directorInTheWay({ code: 'directorNameTaken', params })).toBeNull();
  expect(directorInTheWay({ code: 'directorAddressTaken', params: { director: 'lvs-a', address: '10.0.0.1:9348' } })).toBeNull();
  expect(directorInTheWay({ code: 'directorAddressTaken', params: { ...params, directorId: 7 } })).toBeNull();
});

test('the host of a known director opens its enrolment at the known address', () => {
  expect(againCommand('[fd00::1]:9348')).toBe('weir-agent enrol --data /var/lib/weir-agent --address [fd00::1]:9348 --reset');
  expect(firstCommand).not.toContain('--reset');
});
