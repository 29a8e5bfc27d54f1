// Reads how many tests passed and failed from the reports of vitest and Playwright.

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} [second] what passed at the second try only
 */

/**
 * @typedef {object} VitestReport what its JSON reporter writes
 * @property {{ name: string, status: string, assertionResults: { status: string }[] }[]} testResults one for each file
 */

/**
 * @param {string} json
 * @returns {Map<string, Counts>} by file
 */
export function vitestFiles(json) {
  /** @type {VitestReport} */
  const report = JSON.parse(json);
  return new Map(report.testResults.map((file) => [file.name, countFile(file)]));
}

/**
 * @param {VitestReport['testResults'][number]} file
 * @returns {Counts}
 */
function countFile({ status, assertionResults }) {
  const passed = assertionResults.filter((test) => test.status === 'passed').length;
  const failed = assertionResults.filter((test) => test.status === 'failed').length;
  // A file that cannot be loaded has no tests that could fail.
  return { passed, failed: failed === 0 && status === 'failed' ? 1 : failed, skipped: assertionResults.length - passed - failed };
}

/**
 * @param {Iterable<Counts>} counts
 * @returns {Counts}
 */
export function sum(counts) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of counts) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

/**
 * @typedef {object} PlaywrightSuite
 * @property {string} title
 * @property {PlaywrightSuite[]} [suites]
 * @property {{ title: string, file: string, tests: { status: string }[] }[]} [specs]
 */

/**
 * @typedef {object} PlaywrightReport what its JSON reporter writes
 * @property {{ expected: number, unexpected: number, flaky: number, skipped: number }} stats
 * @property {unknown[]} errors outside of any test, such as in the global setup
 * @property {PlaywrightSuite[]} suites
 */

/**
 * @param {string} json
 * @returns {Counts}
 */
export function countPlaywright(json) {
  /** @type {PlaywrightReport} */
  const { stats, errors, suites } = JSON.parse(json);
  // Flaky: failed, and passed when it was tried again.
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped, second: suites.flatMap(flakyIn) };
}

/**
 * @param {PlaywrightSuite} suite
 * @returns {string[]}
 */
function flakyIn({ specs = [], suites = [] }) {
  const own = specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky')).map(({ file, title }) => `${file}: ${title}`);
  return [...own, ...suites.flatMap(flakyIn)];
}
