// Reads how many tests passed and failed from the reports of vitest and Playwright.

/**
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * @typedef {object} VitestReport what its JSON reporter writes
 * @property {number} numPassedTests
 * @property {number} numFailedTests
 * @property {number} numPendingTests
 * @property {number} numTodoTests
 * @property {{ status: string, assertionResults: unknown[] }[]} testResults
 */

/**
 * @param {string} json
 * @returns {Counts}
 */
export function countVitest(json) {
  /** @type {VitestReport} */
  const report = JSON.parse(json);
  // A file that cannot be loaded has no tests that could fail.
  const unloadable = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * @typedef {object} PlaywrightReport what its JSON reporter writes
 * @property {{ expected: number, unexpected: number, flaky: number, skipped: number }} stats
 * @property {unknown[]} errors outside of any test, such as in the global setup
 */

/**
 * @param {string} json
 * @returns {Counts}
 */
export function countPlaywright(json) {
  /** @type {PlaywrightReport} */
  const { stats, errors } = JSON.parse(json);
  // Flaky: failed and then passed.
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
}
