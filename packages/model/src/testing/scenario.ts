// Reads golden scenarios: what a forwarder does, what is wanted, and the plan, in the words of `ipvsadm -Sn`.
// Three words are ours: `--proxied DIP` (or `--proxied` alone) in place of -m, -g or -i, `foreign` at the end of a service not made by Weir,
// and `# 3 active 20 inactive` behind a real server for the connections that it has.
import { familyOf } from '../definition/address.ts';
import type { RuleMethod, Tunnel } from '../definition/forwarding.ts';
import type { Scheduler } from '../definition/scheduler.ts';
import { Scheduler as SchedulerSchema } from '../definition/scheduler.ts';
import { ActualTable, ServiceAddress, familyOfService, serviceKey } from '../table/table.ts';
import type { ActualService, RealServerSettings, ServiceSettings } from '../table/table.ts';

export interface Scenario {
  readonly title: string;
  readonly actual: ActualTable;
  readonly wanted: ActualTable;
  readonly plan: readonly string[];
}

/** The options of one line: `-w 3` is `-w` with value 3, `-m` an option without one. */
type Options = ReadonlyMap<string, string>;

function optionsOf(line: string): Options {
  return new Map([...line.matchAll(/(?<= )(--?[a-z0-9-]+)(?: (?!-)(\S+))?/gi)].map(([, name = '', value = '']) => [name, value]));
}

function endpointOf(text: string): { address: string; port: number } {
  const colon = text.lastIndexOf(':');
  return { address: text.slice(0, colon).replace(/^\[(.*)\]$/, '$1'), port: Number(text.slice(colon + 1)) };
}

function addressOf(options: Options): ServiceAddress {
  const mark = options.get('-f');
  if (mark !== undefined) return { kind: 'mark', family: options.has('-6') ? 'ipv6' : 'ipv4', mark: Number(mark) };
  const protocol = options.has('-t') ? 'tcp' : options.has('-u') ? 'udp' : 'sctp';
  const { address, port } = endpointOf(options.get('-t') ?? options.get('-u') ?? options.get('--sctp-service') ?? '');
  return ServiceAddress.parse({ kind: 'address', protocol, vip: address, port });
}

function schedulerOf(options: Options): Scheduler {
  const name = options.get('-s');
  const flags = options.get('-b') ?? '';
  return SchedulerSchema.parse(name === 'sh' || name === 'mh'
    ? { name, fallback: flags.includes('fallback'), port: flags.includes('port') } : { name });
}

function prefixLengthOf(mask: string | undefined, width: number): number {
  if (mask === undefined) return width;
  if (!mask.includes('.')) return Number(mask);
  return mask.split('.').map((part) => Number(part).toString(2).replaceAll('0', '').length).reduce((sum, bits) => sum + bits);
}

function settingsOf(options: Options): ServiceSettings {
  const timeout = options.get('-p');
  const width = familyOfService(addressOf(options)) === 'ipv4' ? 32 : 128;
  const engine = options.get('--pe') === 'sip' ? 'sip' : null;
  return {
    scheduler: schedulerOf(options),
    persistence: timeout === undefined
      ? null : { timeoutSeconds: Number(timeout), prefixLength: prefixLengthOf(options.get('-M'), width), engine },
    onePacket: options.has('-o'),
  };
}

function tunnelOf(options: Options): Tunnel {
  const checksum = options.has('--tun-csum') ? 'csum' : 'none';
  const type = options.get('--tun-type');
  if (type === 'gre') return { type, checksum };
  if (type !== 'gue') return { type: 'ipip' };
  return { type, port: Number(options.get('--tun-port')), checksum: options.has('--tun-remcsum') ? 'remcsum' : checksum };
}

function methodOf(options: Options): RuleMethod {
  if (options.has('-m')) return { kind: 'nat' };
  if (options.has('-i')) return { kind: 'tun', tunnel: tunnelOf(options) };
  const source = options.get('--proxied');
  return source === undefined ? { kind: 'dr' } : { kind: 'proxied', source: source === '' ? null : source };
}

function realServerSettingsOf(options: Options): RealServerSettings {
  return {
    method: methodOf(options),
    weight: Number(options.get('-w')),
    thresholds: { upper: Number(options.get('-x') ?? 0), lower: Number(options.get('-y') ?? 0) },
  };
}

function countIn(line: string, word: string): number {
  return Number(new RegExp(` (\\d+) ${word}\\b`).exec(line)?.[1] ?? 0);
}

function tableOf(lines: readonly string[]): ActualTable {
  const services = new Map<string, ActualService>();
  for (const line of lines) {
    const options = optionsOf(` ${line}`);
    const address = addressOf(options);
    const key = serviceKey(address);
    if (line.startsWith('-A')) {
      services.set(key, { address, settings: settingsOf(options), foreign: line.endsWith(' foreign'), realServers: [] });
      continue;
    }
    const { address: rip, port } = endpointOf(options.get('-r') ?? '');
    services.get(key)?.realServers.push({
      endpoint: { rip, port }, settings: realServerSettingsOf(options),
      connections: { active: countIn(line, 'active'), inactive: countIn(line, 'inactive'), persistent: familyOf(rip) === 'ipv4' ? 0 : null },
    });
  }
  return ActualTable.parse({ services: [...services.values()] });
}

const linesOf = (part = ''): string[] => part.split('\n').map((line) => line.trim()).filter((line) => line !== '');

export interface ScenarioTables extends Pick<Scenario, 'title' | 'actual' | 'wanted'> {
  /** The lines of the parts behind them. */
  readonly rest: readonly (readonly string[])[];
}

export function readTables(text: string): ScenarioTables {
  const [title = '', actual, wanted, ...rest] = text.split(/^(?:actual|wanted|host|plan|touches)$/m);
  return { title: title.trim(), actual: tableOf(linesOf(actual)), wanted: tableOf(linesOf(wanted)), rest: rest.map(linesOf) };
}

export function readScenario(text: string): Scenario {
  const { rest: [plan = []], ...tables } = readTables(text);
  return { ...tables, plan };
}
