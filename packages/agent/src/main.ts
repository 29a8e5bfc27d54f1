// weir-agent: the daemon on a director, and the command that binds it to a panel.
import { ForwarderError } from '@weir/forwarder';
import { pino } from 'pino';
import { startAgent } from './agent.ts';
import { systemClock } from './clock.ts';
import { commandLine } from './config.ts';
import type { RunCommand } from './config.ts';
import { DiskError } from './disk/error.ts';
import { openChosen } from './driver/driver.ts';
import { openProbes } from './health/probes/open.ts';
import { LinuxHost } from './host/linux-host.ts';
import { ListenError } from './listen-error.ts';
import { AlreadyBoundError, makeEnrolmentCode, missingAgent } from './trust/enrol-command.ts';

const STOP_DEADLINE_MS = 3_000;

async function run({ dataFolder, host, port, metrics, driver, checksFolder, certificatesFolder }: RunCommand): Promise<void> {
  const log = pino();
  const agent = await startAgent({ dataFolder, host, port, metrics }, {
    openForwarder: (files) => openChosen(driver, files, log),
    // The proxy is for whoever has no rights on a host, and listens on addresses that are there.
    openHost: async (files, can) => (can.driver === 'ipvs' ? LinuxHost.open(files.host, log) : null),
    openProbes: () => openProbes({ checksFolder, certificatesFolder }),
    clock: systemClock, log,
  });
  log.info({ host, port: agent.port, keyHash: agent.keyHash, dataFolder, driver: agent.driver }, 'the agent runs');
  if (agent.metricsPort !== null) log.info({ ...metrics, port: agent.metricsPort }, 'metrics are told to whoever shows the token');
  if (!agent.enrolled) {
    log.info(`no panel is bound yet; for a code run: weir-agent enrol --data ${dataFolder} --address <where the panel reaches this host>:${agent.port}`);
  }
  const end = async (signal: string): Promise<void> => {
    log.info({ signal, driver: agent.driver }, agent.driver === 'proxy' ? 'the agent stops, and the connections that it proxies end' : 'the agent stops');
    const late = setTimeout(() => {
      log.warn('the agent ends before all was closed');
      process.exit(0);
    }, STOP_DEADLINE_MS);
    await agent.stop();
    clearTimeout(late);
    log.info('the agent has stopped');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void end(signal));
}

const program = commandLine({
  run,
  enrol: async (command) => {
    console.log(await makeEnrolmentCode(command, systemClock));
    const missing = await missingAgent(command);
    if (missing !== null) console.error(missing);
  },
});

try {
  await program.parseAsync();
} catch (error) {
  const expected = error instanceof DiskError || error instanceof ListenError || error instanceof AlreadyBoundError || error instanceof ForwarderError;
  console.error(expected ? error.message : error);
  process.exit(1);
}
