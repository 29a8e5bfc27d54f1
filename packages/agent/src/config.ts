// The command line of weir-agent: the only place that reads it.
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { AgentAddress } from '@weir/protocol';
import { driverNames } from '@weir/forwarder';
import type { DriverName } from '@weir/forwarder';
import type { AgentConfig, MetricsConfig } from './agent.ts';
import type { EnrolCommand } from './trust/enrol-command.ts';
import { AGENT_VERSION } from './version.ts';

const DEFAULT_LISTEN = '127.0.0.1:9348';
const DEFAULT_FOLDER = '/etc/weir-agent';

export interface RunCommand extends AgentConfig {
  readonly metrics: MetricsConfig | null;
  /** Null: not said. */
  readonly driver: DriverName | null;
  /** Scripts that health checks may run. */
  readonly checksFolder: string;
  /** Certificates that health checks present. */
  readonly certificatesFolder: string;
}

export interface Commands {
  run(command: RunCommand): Promise<void>;
  enrol(command: EnrolCommand): Promise<void>;
}

function address(text: string): AgentAddress {
  const parsed = AgentAddress.safeParse(text);
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError('Expected HOST:PORT or [IPV6]:PORT with a port from 1 to 65535.');
}

/** `[::1]:9348` and `host:9348`, without the brackets. */
function hostAndPort(text: AgentAddress): { readonly host: string; readonly port: number } {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon).replace(/^\[|\]$/g, ''), port: Number(text.slice(colon + 1)) };
}

const dataOption = (): Option => new Option('--data <folder>', 'where the agent keeps its key and what it accepted').makeOptionMandatory();

interface RunOptions {
  readonly data: string;
  readonly listen: AgentAddress;
  readonly metrics?: AgentAddress;
  readonly metricsToken?: string;
  readonly driver?: DriverName;
  readonly checks: string;
  readonly certificates: string;
}

function metricsOf({ data, metrics, metricsToken }: RunOptions): MetricsConfig | null {
  return metrics === undefined ? null : { ...hostAndPort(metrics), tokenFile: metricsToken ?? join(data, 'metrics-token') };
}

interface EnrolOptions { readonly data: string; readonly address: AgentAddress; readonly reset: boolean }

export function commandLine(commands: Commands): Command {
  const program = new Command('weir-agent')
    .description('The Weir agent: forwards on a director what its panel was told to.')
    .version(AGENT_VERSION)
    .showHelpAfterError('(weir-agent --help tells more)');
  program.command('run')
    .description('run the agent until it gets SIGTERM or SIGINT')
    .addOption(dataOption())
    .option('--listen <host:port>', 'where the panel finds it', address, DEFAULT_LISTEN)
    .addOption(new Option('--metrics <host:port>', 'where Prometheus finds it; without it nowhere').env('WEIR_METRICS').argParser(address))
    .addOption(new Option('--metrics-token <file>', 'the token that Prometheus shows, made where it is missing (default: metrics-token in the data folder)').env('WEIR_METRICS_TOKEN_FILE'))
    .addOption(new Option('--driver <name>', 'what forwards; without it what did so far, at first ipvs where the kernel has it and the agent may use it').choices(driverNames))
    .option('--checks <folder>', 'scripts that health checks may run: files of root that nobody else can write to', `${DEFAULT_FOLDER}/checks.d`)
    .option('--certificates <folder>', 'NAME.pem with certificate and key, for health checks that present one', `${DEFAULT_FOLDER}/certificates`)
    .action((options: RunOptions) => {
      const { data, listen, driver, checks, certificates } = options;
      const folders = { dataFolder: data, checksFolder: checks, certificatesFolder: certificates };
      return commands.run({ ...folders, driver: driver ?? null, metrics: metricsOf(options), ...hostAndPort(listen) });
    });
  program.command('enrol')
    .description('print a code that binds this agent to the panel it is given to; valid once, for 15 minutes')
    .addOption(dataOption())
    .requiredOption('--address <host:port>', 'where the panel reaches this agent', address)
    .option('--reset', 'forget the panel that is bound', false)
    .action((options: EnrolOptions) => commands.enrol({ dataFolder: options.data, address: options.address, reset: options.reset }));
  return program;
}
