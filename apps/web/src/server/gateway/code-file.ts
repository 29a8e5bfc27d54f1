// A code that lies in a file at the start, put there by whoever starts panel and agent together: used once, through the same door as any other.
import { readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../logger.ts';
import { codeOf } from '../data-folder.ts';
import { PanelError } from '../errors.ts';
import { readCode } from './enrolment.ts';
import type { Gateway } from './gateway.ts';

export interface CodeFileOptions {
  readonly file: string;
  readonly gateway: Gateway;
  readonly logger: Logger;
  /** The director's name: the panel runs on the same host. */
  readonly hostname: string;
  readonly signal: AbortSignal;
}

const launcher = { person: { id: 'launcher', name: 'launcher' }, address: null };
// The agent may still be starting.
const patienceMs = 60_000;
const retryMs = 500;

/** Nothing to do where there is no file. A code that cannot be used is left where it is, with the reason in the log. */
export async function enrolFromFile({ file, gateway, logger, hostname, signal }: CodeFileOptions): Promise<void> {
  try {
    const code = await readFile(file, 'utf8').catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    });
    if (code === null) return;
    const directorId = await enrolPatiently(gateway, code, hostname, signal);
    logger.info({ directorId }, 'enrolled the director whose code was in WEIR_ENROL_CODE_FILE');
    await rm(file, { force: true });
  } catch (error) {
    if (!signal.aborted) logger.error({ err: error, file }, 'the code in WEIR_ENROL_CODE_FILE could not be used');
  }
}

async function enrolPatiently(gateway: Gateway, text: string, hostname: string, signal: AbortSignal): Promise<string> {
  const { address, keyHash } = readCode(text);
  await untilListening(address, signal);
  const directors = gateway.directors();
  const known = directors.find((director) => director.address === address);
  if (known === undefined) {
    const taken = directors.some(({ name }) => name === hostname);
    return (await gateway.enrol(launcher, { code: text, name: taken ? `${hostname} (${address})` : hostname })).directorId;
  }
  // Whether an earlier start got as far as telling the agent, only the agent knows.
  await gateway.enrolAgain(launcher, { directorId: known.id, code: text }).catch((error: unknown) => {
    if (!(error instanceof PanelError && error.code === 'alreadyEnrolled' && known.keyHash === keyHash)) throw error;
  });
  return known.id;
}

async function untilListening(address: string, signal: AbortSignal): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  while (!(await listens(address)) && Date.now() < giveUpAt) await delay(retryMs, undefined, { signal });
}

function listens(address: string): Promise<boolean> {
  const { hostname, port } = new URL(`https://${address}`);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname.replaceAll(/[[\]]/g, ''), port: port === '' ? 443 : Number(port), timeout: retryMs });
    const settle = (listening: boolean): void => {
      socket.destroy();
      resolve(listening);
    };
    socket.once('connect', () => settle(true)).once('error', () => settle(false)).once('timeout', () => settle(false));
  });
}
