// What is counted of the reports of vitest and Playwright.
import { describe, expect, it } from 'vitest';
import { countPlaywright, sum, vitestFiles } from './counts.mjs';

const test = (status: string): object => ({ status });
const spec = (title: string, status: string): object => ({ title, file: `${title}.spec.ts`, tests: [{ status }] });

describe('the report of vitest', () => {
  const report = {
    testResults: [
      { name: 'a', status: 'passed', assertionResults: [test('passed'), test('passed'), test('skipped')] },
      { name: 'b', status: 'failed', assertionResults: [test('passed'), test('failed')] },
      { name: 'c', status: 'failed', assertionResults: [] },
      { name: 'd', status: 'failed', assertionResults: [test('passed'), test('todo')] },
    ],
  };

  it('counts each file', () => {
    expect([...vitestFiles(JSON.stringify(report)).values()]).toEqual([
      { passed: 2, failed: 0, skipped: 1 }, { passed: 1, failed: 1, skipped: 0 },
      // It could not be loaded; its hooks failed.
      { passed: 0, failed: 1, skipped: 0 }, { passed: 1, failed: 1, skipped: 1 },
    ]);
  });

  it('is added up', () => {
    expect(sum(vitestFiles(JSON.stringify(report)).values())).toEqual({ passed: 4, failed: 3, skipped: 2 });
  });
});

describe('the report of Playwright', () => {
  it('names what passed at the second try, and counts errors outside of tests', () => {
    const report = {
      stats: { expected: 2, unexpected: 1, flaky: 1, skipped: 3 },
      errors: [{}],
      suites: [{ title: 'a', specs: [spec('one', 'expected')], suites: [{ title: 'b', specs: [spec('two', 'flaky')] }] }],
    };
    expect(countPlaywright(JSON.stringify(report))).toEqual({ passed: 3, failed: 2, skipped: 3, second: ['two.spec.ts: two'] });
  });
});
