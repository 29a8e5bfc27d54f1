import { expect, test } from 'vitest';
import { command } from './family/constants.ts';
import { wordsOf } from './words.ts';

test('tells the same errno of a service from that of a destination', () => {
  expect(wordsOf('ENOENT', command.newService)).toMatchObject({ meaning: 'notCapable', text: expect.stringContaining('no such scheduler') });
  expect(wordsOf('ENOENT', command.setDest)).toMatchObject({ meaning: 'missing', text: 'the service has no such destination' });
  expect(wordsOf('ESRCH', command.newDest)).toMatchObject({ meaning: 'missing', text: 'the kernel has no such service' });
  expect(wordsOf('ESRCH', command.delDaemon)).toMatchObject({ meaning: 'missing', text: 'no such daemon runs' });
});

test('says what to do, and has words for every errno', () => {
  expect(wordsOf('EPERM', command.getService)).toMatchObject({ meaning: 'notAllowed', text: expect.stringContaining('CAP_NET_ADMIN') });
  expect(wordsOf('EIO', command.zero)).toEqual({ meaning: null, text: 'the kernel answers EIO' });
});
