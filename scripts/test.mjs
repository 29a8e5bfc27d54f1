// `npm test`: sets up what it needs, checks types, style, units, databases and whole journeys, and ends with one line that counts.
import { equipMachine } from './test/machine.mjs';
import { checks } from './test/checks.mjs';
import { showFailure } from './setup/failure.mjs';
import { prepare } from './setup/prepare.mjs';
import { endRunning } from './setup/run.mjs';

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.once(signal, () => {
    endRunning();
    process.exit(1);
  });
}

let passed = 0;
let failed = 0;
try {
  const machine = await equipMachine();
  await prepare();
  for (const check of checks) {
    const result = await check(machine);
    passed += result.passed;
    failed += result.failed;
  }
} catch (error) {
  showFailure(error);
  failed += 1;
}
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
