// The words of one ipvsadm command as a table: which are commands, which take a value.

export type CommandName = 'addService' | 'addRealServer' | 'other';

/** Commands by their words; `other` are those that do not say what is to be there. */
export const commandNamed: Readonly<Record<string, CommandName>> = {
  '-A': 'addService', '--add-service': 'addService', '-a': 'addRealServer', '--add-server': 'addRealServer',
  ...Object.fromEntries([
    '-E', '--edit-service', '-D', '--delete-service', '-C', '--clear', '-R', '--restore', '-S', '--save', '-e', '--edit-server', '-d', '--delete-server',
    '-L', '-l', '--list', '-Z', '--zero', '--set', '--start-daemon', '--stop-daemon', '-h', '--help', '-v', '--version',
  ].map((word) => [word, 'other' as const])),
};

export type OptionName =
  | 'tcp' | 'udp' | 'sctp' | 'mark' | 'scheduler' | 'engine' | 'persistent' | 'mask' | 'realServer' | 'gatewaying' | 'ipip' | 'masquerading'
  | 'tunnelType' | 'tunnelPort' | 'noChecksum' | 'checksum' | 'remoteChecksum' | 'weight' | 'upper' | 'lower' | 'ipv6' | 'onePacket' | 'flags' | 'numeric' | 'exact';

interface Option {
  readonly name: OptionName;
  /** `maybe`: the next word is its value unless it is an option itself. */
  readonly takes: 'value' | 'maybe' | 'nothing';
}

const rows: readonly (readonly [words: string, name: OptionName, takes: Option['takes']])[] = [
  ['-t --tcp-service', 'tcp', 'value'], ['-u --udp-service', 'udp', 'value'], ['--sctp-service', 'sctp', 'value'], ['-f --fwmark-service', 'mark', 'value'],
  ['-s --scheduler', 'scheduler', 'value'], ['--pe', 'engine', 'value'], ['-p --persistent', 'persistent', 'maybe'], ['-M --netmask', 'mask', 'value'],
  ['-r --real-server', 'realServer', 'value'], ['-g --gatewaying', 'gatewaying', 'nothing'], ['-i --ipip', 'ipip', 'nothing'], ['-m --masquerading', 'masquerading', 'nothing'],
  ['--tun-type', 'tunnelType', 'value'], ['--tun-port', 'tunnelPort', 'value'], ['--tun-nocsum', 'noChecksum', 'nothing'], ['--tun-csum', 'checksum', 'nothing'],
  ['--tun-remcsum', 'remoteChecksum', 'nothing'], ['-w --weight', 'weight', 'value'], ['-x --u-threshold', 'upper', 'value'], ['-y --l-threshold', 'lower', 'value'],
  ['-6 --ipv6', 'ipv6', 'nothing'], ['-o --ops', 'onePacket', 'nothing'], ['-b --sched-flags', 'flags', 'value'], ['-n --numeric', 'numeric', 'nothing'],
  ['--exact', 'exact', 'nothing'],
];

const optionNamed: ReadonlyMap<string, Option> = new Map(rows.flatMap(([words, name, takes]) => words.split(' ').map((word) => [word, { name, takes }])));

export const optionWords: readonly string[] = [...optionNamed.keys()];

export interface Command {
  readonly name: CommandName;
  /** As it was written. */
  readonly word: string;
  readonly options: ReadonlyMap<OptionName, string>;
  readonly unknown: readonly string[];
  /** Options without the value that they need. */
  readonly incomplete: readonly string[];
}

/** `--weight=3` is two words, and so is `-w3`. */
function* apart(words: readonly string[]): Generator<string> {
  for (const word of words) {
    const long = /^(--[a-z-]+)=(.*)$/.exec(word);
    const short = /^(-[a-zA-Z])(.+)$/.exec(word);
    if (long !== null) yield* [long[1] ?? '', long[2] ?? ''];
    else if (short !== null && optionNamed.get(short[1] ?? '')?.takes === 'value') yield* [short[1] ?? '', short[2] ?? ''];
    else yield word;
  }
}

/** Null where the line has no command. */
export function commandOf(line: readonly string[]): Command | null {
  const words = [...apart(line)];
  const found = words.find((word) => Object.hasOwn(commandNamed, word));
  if (found === undefined) return null;
  const options = new Map<OptionName, string>();
  const unknown: string[] = [];
  const incomplete: string[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const option = optionNamed.get(word);
    const next = words[index + 1];
    // A weight below 0 looks like an option, and `-6` is one.
    const hasValue = next !== undefined && (!next.startsWith('-') || (/^-\d/.test(next) && !optionNamed.has(next)));
    if (option === undefined) {
      if (word !== found) unknown.push(word);
    } else if (option.takes === 'nothing') options.set(option.name, '');
    else if (hasValue) {
      options.set(option.name, next);
      index += 1;
    } else if (option.takes === 'maybe') options.set(option.name, '');
    else incomplete.push(word);
  }
  return { name: commandNamed[found] ?? 'other', word: found, options, unknown, incomplete };
}
