// Which sentence says what is wrong with a field.
import type { z } from 'zod';
import type { Messages } from '../../i18n/messages.ts';

export interface IssueWords {
  readonly key: keyof Messages['validation'];
  readonly params: Readonly<Record<string, number>>;
}

type Issue = z.core.$ZodIssue;

function sized(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>): IssueWords {
  if (issue.code === 'too_big') {
    const maximum = Number(issue.maximum);
    return { key: issue.origin === 'string' ? 'tooLong' : issue.origin === 'array' ? 'tooMany' : 'atMost', params: { maximum } };
  }
  const minimum = Number(issue.minimum);
  if (issue.origin === 'string') return minimum <= 1 ? { key: 'required', params: {} } : { key: 'tooShort', params: { minimum } };
  return issue.origin === 'array' ? { key: 'required', params: {} } : { key: 'atLeast', params: { minimum } };
}

// The model's own checks name themselves.
const customWords: Readonly<Record<string, IssueWords['key']>> = {
  notAnAddress: 'address', notAClient: 'addressOrNetwork', notANetwork: 'addressOrNetwork', 'notAnAddress ipv4': 'addressIpv4', 'notAnAddress ipv6': 'addressIpv6', wrongFamily: 'wrongFamily', notACode: 'notACode', notATime: 'notATime', endsFirst: 'endsFirst',
  notATimeZone: 'notATimeZone', neverEnds: 'neverEnds', userInUrl: 'userInUrl', notAnEmail: 'email', notANumber: 'number',
};

const formatWords: Readonly<Record<string, IssueWords['key']>> = { email: 'email', url: 'url' };

export function issueWords(issue: Issue): IssueWords {
  switch (issue.code) {
    case 'too_small':
    case 'too_big':
      return sized(issue);
    case 'invalid_type':
      return { key: issue.expected === 'number' || issue.expected === 'int' ? 'wholeNumber' : 'required', params: {} };
    case 'invalid_format':
      return { key: formatWords[issue.format] ?? 'characters', params: {} };
    case 'custom':
      return { key: customWords[[issue.params?.['code'], issue.params?.['family']].filter(Boolean).join(' ')] ?? 'characters', params: {} };
    case 'invalid_value':
    case 'invalid_union':
      return { key: 'choose', params: {} };
    case 'not_multiple_of':
    case 'unrecognized_keys':
    case 'invalid_key':
    case 'invalid_element':
      return { key: 'invalid', params: {} };
  }
}
