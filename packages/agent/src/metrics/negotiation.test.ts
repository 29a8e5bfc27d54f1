import { expect, it } from 'vitest';
import { formatFor } from './negotiation.ts';

const prometheus3 = 'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2';

it.each([
  [prometheus3, 'openMetrics'],
  ['application/openmetrics-text', 'openMetrics'],
  ['APPLICATION/OpenMetrics-Text; Version="1.0.0"', 'openMetrics'],
  ['application/openmetrics-text;q=0.2, text/plain;q=0.8', 'prometheus'],
  ['application/openmetrics-text;version=2.0.0, text/plain;version=0.0.4;q=0.1', 'prometheus'],
  ['application/openmetrics-text;q=0', 'prometheus'],
  ['application/openmetrics-text;q=nonsense', 'prometheus'],
  ['*/*', 'prometheus'], ['', 'prometheus'], [undefined, 'prometheus'], ['image/png', 'prometheus'], [',;=,,;;q', 'prometheus'],
])('of those who accept %j each gets what it likes more', (accept, format) => {
  expect(formatFor(accept)).toBe(format);
});
