// What people say of applies that run.
import { expect, it } from 'vitest';
import { Course } from './course.ts';

const error = { code: 'stoppedByPerson', params: { person: 'Ann' } } as const;
const tooLong = { code: 'heldTooLong', params: { minutes: 30 } } as const;
const end = { afterMs: 600_000, error: tooLong };

it('of two who answer at once the first decides, and the second stops nothing', async () => {
  const course = new Course();
  course.begin('a');
  const word = course.hold('a', end);
  const first = course.decide('a');
  expect(course.decide('a')).toBeNull();
  course.stopHeld('a', error);
  first?.say({ kind: 'goOn' });
  expect([await word, course.stopped('a'), course.decide('a')]).toEqual([{ kind: 'goOn' }, null, null]);
});

it('a word that could not be written down is not said: it waits on, unless its end came meanwhile', async () => {
  const course = new Course();
  course.begin('a');
  const word = course.hold('a', end);
  course.decide('a')?.leave();
  const again = course.decide('a');
  course.stopHeld('a', tooLong);
  again?.leave();
  expect(await word).toEqual({ kind: 'stop', error: tooLong });
  expect(course.stopped('a')).toEqual(tooLong);
});

it('waits no longer than it was given', async () => {
  const course = new Course();
  course.begin('a');
  expect(await course.hold('a', { afterMs: 1, error: tooLong })).toEqual({ kind: 'stop', error: tooLong });
  expect(course.stopped('a')).toEqual(tooLong);
});

it('says nothing of what waits where the panel ends, also while somebody decides', async () => {
  const course = new Course();
  course.begin('a');
  course.begin('b');
  const words = Promise.all([course.hold('a', end), course.hold('b', end)]);
  const deciding = course.decide('a');
  course.close();
  deciding?.leave();
  expect(await words).toEqual([{ kind: 'ending' }, { kind: 'ending' }]);
});

it('one that runs is stopped before it waits, and one that is over is not remembered', async () => {
  const course = new Course();
  course.begin('a');
  course.stop('a', error);
  expect(await course.hold('a', end)).toEqual({ kind: 'stop', error });
  course.end('a');
  course.stop('a', error);
  expect(course.stopped('a')).toBeNull();
});
