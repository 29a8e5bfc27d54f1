// Runs Weir: database, its own director, sample real servers and panel, in this order; and stops them in the opposite one.
import { readFile } from 'node:fs/promises';
import { showFailure } from '../setup/failure.mjs';
import type { StartOptions } from '../setup/options/options.mjs';
import { step } from '../setup/step.mjs';
import { writeEnrolCode } from './enrolment.ts';
import { layoutOf, makeFolders, type Layout } from './layout.ts';
import { boundLogs, rotateLog } from './log-file.ts';
import { localDirector, type MakeDirector, type OwnDirector } from './own-director.ts';
import { PartKeeper, type Part } from './part.ts';
import { databasePart, labPart, panelPart } from './parts.ts';
import { awaitStopRequest } from './stop-request.ts';

const logNames = ['postgres', 'agent', 'lab', 'panel'];

/** Returns the exit code. */
export async function launch(options: StartOptions, makeDirector: MakeDirector = localDirector): Promise<number> {
  // The terminal may go before we do.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  // The wards end what is left.
  const stop = awaitStopRequest(process.env, () => process.exit(1));
  const layout = layoutOf(options.dataDir);
  await makeFolders(layout);
  const logFiles = logNames.map(layout.logFile);
  for (const file of logFiles) await rotateLog(file);
  const unboundLogs = boundLogs(logFiles);
  const keepers: PartKeeper[] = [];
  const exitCode = await run({ options, layout, director: makeDirector(options, layout), keepers, stop }).catch((error: unknown) => {
    if (!stop.signal.aborted) showFailure(error);
    return 1;
  });
  for (const keeper of keepers.filter(({ isRunning }) => isRunning).toReversed()) await step(`Stopping ${keeper.title}`, () => keeper.stop());
  unboundLogs();
  say('Weir is down.');
  return exitCode;
}

interface Run {
  readonly options: StartOptions;
  readonly layout: Layout;
  readonly director: OwnDirector;
  readonly keepers: PartKeeper[];
  readonly stop: ReturnType<typeof awaitStopRequest>;
}

async function run({ options, layout, director, keepers, stop }: Run): Promise<number> {
  const startPart = async (part: Part, ground?: PartKeeper): Promise<PartKeeper> => {
    const keeper = new PartKeeper(part, say, ground);
    keepers.push(keeper);
    const giveUp = (): void => void keeper.stop();
    stop.signal.addEventListener('abort', giveUp, { once: true });
    await step(`Starting ${part.title}`, () => keeper.start());
    stop.signal.removeEventListener('abort', giveUp);
    stop.signal.throwIfAborted();
    return keeper;
  };
  let databaseUrl = options.databaseUrl ?? '';
  const database = options.databaseUrl === null ? await startPart(databasePart(layout, (url) => (databaseUrl = url))) : undefined;
  let ground: PartKeeper | undefined;
  for (const part of director.parts) ground = await startPart(part, ground);
  if (!(await director.isEnrolled())) await step('Asking the agent for an enrolment code', () => writeEnrolCode(layout.enrolCode, () => director.enrolCode()));
  if (options.samples) await startPart(labPart(layout));
  const welcome = welcomeOnce(options, layout, director);
  await startPart(panelPart({ options, layout, databaseUrl: () => databaseUrl, onRestarted: welcome }), database);
  await welcome();
  const reason = await Promise.race([stop.requested, director.attend(stop.signal).then(() => 'the input has ended')]);
  say(`Stopping (${reason}).`);
  return 0;
}

/** Prints where to go; after a restart of the panel only if there is another link. */
function welcomeOnce(options: StartOptions, layout: Layout, director: OwnDirector): () => Promise<void> {
  let shown: string | undefined;
  return async () => {
    const link = (await readFile(layout.setupLink, 'utf8').catch(() => '')).trim();
    if (link === shown) return;
    shown = link;
    const host = options.host.includes(':') ? `[${options.host}]` : options.host;
    const address = options.origin ?? `${options.tls ? 'https' : 'http'}://${host}:${options.port}`;
    say('');
    say(`Weir runs at ${address}`);
    if (link === '') say('Sign in there with your account.');
    else say(`Make the first administrator with this link; it works once, for 30 minutes (a restart makes a new one):\n\n  ${link}`);
    say('');
    process.stdout.write(director.introduction());
    say('Ctrl-C stops it.');
  };
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
