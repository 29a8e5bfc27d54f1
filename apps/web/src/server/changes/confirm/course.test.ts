// What people say of applies that run.
import { expect, it } from 'vitest';
import { Course } from './course.ts';

const error = { code: 'stoppedByPerson', params: { person: 'Ann' } } as const;

it('of two who answer at once the first is heard, and the second stops nothing', async () => {
  const course = new Course();
  course.begin('a');
  const word = course.hold('a');
  expect([course.goOn('a'), course.stopHeld('a', error), course.stopped('a')]).toEqual([true, false, null]);
  expect(await word).toEqual({ kind: 'goOn' });
});

it('one that runs is stopped before it waits, and one that is over is not remembered', async () => {
  const course = new Course();
  course.begin('a');
  course.stop('a', error);
  expect(await course.hold('a')).toEqual({ kind: 'stop', error });
  course.end('a');
  course.stop('a', error);
  expect(course.stopped('a')).toBeNull();
});
