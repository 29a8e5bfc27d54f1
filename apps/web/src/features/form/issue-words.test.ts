// What is wrong with a field, in words.
import { ClusterDefinition, ClusterDirector, IpAddress, Weight } from '@weir/model';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Email, Password } from '../../server/people/fields.ts';
import { issueWords } from './issue-words.ts';

function words(schema: z.ZodType, value: unknown): string[] {
  const parsed = schema.safeParse(value);
  return parsed.success ? [] : parsed.error.issues.map((issue) => issueWords(issue).key);
}

test('each kind of slip has its sentence', () => {
  expect(words(Email, 'nobody')).toEqual(['email']);
  expect(words(Password, 'short')).toEqual(['tooShort']);
  expect(words(IpAddress, '10.0.0.256')).toEqual(['address']);
  expect(words(ClusterDirector.shape.dip, { ipv4: 'fd00::1', ipv6: null })).toEqual(['wrongFamily']);
  expect(words(ClusterDirector.shape.dip, { ipv4: 'x', ipv6: 'y' })).toEqual(['addressIpv4', 'addressIpv6']);
  expect(words(Weight, Number.NaN)).toEqual(['wholeNumber']);
  expect(words(Weight, 1.5)).toEqual(['wholeNumber']);
  expect(words(Weight, -1)).toEqual(['atLeast']);
  expect(words(Weight, 2 ** 40)).toEqual(['atMost']);
  expect(words(ClusterDefinition.pick({ name: true }), { name: '  ' })).toEqual(['required']);
  expect(words(ClusterDefinition.pick({ name: true }), { name: 'a\nb' })).toEqual(['characters']);
});
