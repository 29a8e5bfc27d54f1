// Whether what was received is what was expected.
import { createHash } from 'node:crypto';
import type { Expected } from '@weir/model';
import type { Failure } from '../attempt/attempt.ts';
import { bytesOf, shown, shownText, textOf } from '../attempt/bytes.ts';
import { Patterns } from './pattern.ts';

export interface Expectation {
  readonly shown: string;
  /** Of a part of the answer it says nothing. */
  readonly wantsAll: boolean;
  /** What is said when it is not found; only a failure of its own says more than that. */
  look(received: Buffer): 'found' | 'notFound' | Failure;
}

const patterns = new Patterns();

function textExpectation(written: string): Expectation {
  const bytes = bytesOf(written);
  return { shown: shown(bytes), wantsAll: false, look: (received) => (received.includes(bytes) ? 'found' : 'notFound') };
}

function patternExpectation(pattern: string): Expectation {
  return {
    shown: shownText(`/${pattern}/`),
    wantsAll: false,
    look(received) {
      const verdict = patterns.look(pattern, textOf(received));
      if (verdict === 'tooSlow') return { failure: 'failed', detail: `the pattern takes too long on ${received.length} bytes` };
      if (verdict === 'resting') return { failure: 'noResources', detail: 'the pattern took too long a moment ago' };
      return verdict === 'notAPattern' ? { failure: 'unsupported', detail: 'the pattern cannot be read' } : verdict;
    },
  };
}

function hashExpectation(hash: string): Expectation {
  return {
    shown: `SHA-256 ${hash}`,
    wantsAll: true,
    look: (received) => (createHash('sha256').update(received).digest('hex') === hash ? 'found' : 'notFound'),
  };
}

export function expectationOf(expected: Expected): Expectation {
  switch (expected.kind) {
    case 'text': return textExpectation(expected.text);
    case 'pattern': return patternExpectation(expected.pattern);
    case 'sha256': return hashExpectation(expected.hash);
  }
}
