// Prepares a checkout for a command that runs until it is interrupted; before it is ready, an interrupt ends what the setup runs.
import { Failure } from './failure.mjs';
import { endRunning } from './run.mjs';

/** @param {() => Promise<void>} prepare */
export async function prepareUntilInterrupted(prepare) {
  let interrupted = false;
  const interrupt = () => {
    interrupted = true;
    endRunning();
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, interrupt);
  try {
    await prepare();
  } catch (error) {
    if (!interrupted) throw error;
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
  }
  if (interrupted) throw new Failure('Stopped before Weir was ready; nothing is running.');
}
