// Reads what `ipvsadm -Sn` prints, and scripts of such commands.
import { familyOf } from '../../definition/address.ts';
import type { Protocol, ServiceMatch } from '../../definition/definition.ts';
import { checkBounds, checkLine, LINES_MAX } from '../bounds.ts';
import type { SourceText } from '../bounds.ts';
import { Draft } from '../draft.ts';
import { FormatError } from '../error.ts';
import type { Imported } from '../imported.ts';
import { meant } from '../words/misspelt.ts';
import { realServerOf } from '../words/real-server-settings.ts';
import type { RealServerWords } from '../words/real-server-settings.ts';
import { Report } from '../report.ts';
import type { Place, Word } from '../report.ts';
import { settingsOf } from '../words/service-settings.ts';
import { addressAndPort, markNumber } from '../words/values.ts';
import { commandOf, optionWords } from './options.ts';
import type { Command, OptionName } from './options.ts';

type Options = Command['options'];

interface Line {
  readonly at: Place;
  readonly options: Options;
}

const PROTOCOLS: readonly Protocol[] = ['tcp', 'udp', 'sctp'];
const METHODS = [['gatewaying', 'dr'], ['ipip', 'tun'], ['masquerading', 'nat']] as const;
const CHECKSUMS = [['noChecksum', 'none'], ['checksum', 'csum'], ['remoteChecksum', 'remcsum']] as const;

function wordOf({ at, options }: Line, name: OptionName): Word | null {
  const text = options.get(name);
  return text === undefined ? null : { text, at };
}

function markMatch({ at, options }: Line, text: string, report: Report): ServiceMatch | null {
  const mark = markNumber(text);
  if (mark === null) report.leftOut(at, 'notAMark', { text });
  // One-packet scheduling is for UDP; the text says nothing else about what is marked.
  return mark === null ? null : {
    kind: 'mark', family: options.has('ipv6') ? 'ipv6' : 'ipv4', mark, protocol: options.has('onePacket') ? 'udp' : 'tcp', vips: [], ports: [],
  };
}

/** Null where the line names no service; the report says why. */
function matchOf(line: Line, report: Report): ServiceMatch | null {
  const mark = line.options.get('mark');
  if (mark !== undefined) return markMatch(line, mark, report);
  const protocol = PROTOCOLS.find((name) => line.options.has(name));
  const text = protocol === undefined ? undefined : line.options.get(protocol);
  if (protocol === undefined || text === undefined) {
    report.leftOut(line.at, 'serviceMissing');
    return null;
  }
  const written = addressAndPort(text);
  if (written === null) report.leftOut(line.at, 'notAnAddress', { text });
  return written === null ? null : { kind: 'address', protocol, vip: written.address, port: written.port ?? 0 };
}

function addService(line: Line, draft: Draft, report: Report): void {
  const match = matchOf(line, report);
  if (match === null) return;
  const family = match.kind === 'mark' ? match.family : familyOf(match.vip);
  const flags = (line.options.get('flags') ?? '').split(',').filter((flag) => flag !== '').map((text) => ({ text, at: line.at }));
  const settings = settingsOf({
    scheduler: wordOf(line, 'scheduler'), flags, timeout: wordOf(line, 'persistent'), mask: wordOf(line, 'mask'),
    engine: wordOf(line, 'engine'), onePacket: wordOf(line, 'onePacket'),
  }, { family, protocol: match.kind === 'mark' ? null : match.protocol }, report);
  draft.addService(line.at, match, settings);
}

function realServerWords(line: Line, { address, port }: { address: string; port: number | null }): RealServerWords {
  const checksum = CHECKSUMS.find(([option]) => line.options.has(option));
  return {
    at: line.at, rip: address, port, method: METHODS.find(([option]) => line.options.has(option))?.[1] ?? 'dr',
    tunnel: {
      type: wordOf(line, 'tunnelType'), port: wordOf(line, 'tunnelPort'), checksum: checksum === undefined ? null : { text: checksum[1], at: line.at },
    },
    weight: wordOf(line, 'weight'), upper: wordOf(line, 'upper'), lower: wordOf(line, 'lower'),
  };
}

function addRealServer(line: Line, draft: Draft, report: Report): void {
  const match = matchOf(line, report);
  if (match === null) return;
  const found = draft.find(match);
  if (found === null) return report.leftOut(line.at, 'serviceNotBefore');
  const text = line.options.get('realServer');
  if (text === undefined) return report.leftOut(line.at, 'realServerMissing');
  const written = addressAndPort(text);
  if (written === null) return report.leftOut(line.at, 'notAnAddress', { text });
  const realServer = realServerOf(realServerWords(line, written), found.service.match, report);
  if (realServer !== null) draft.addRealServer(line.at, found, realServer);
  return undefined;
}

/** What a shell runs one after the other on a line, without the comment behind it. */
function commandsOn(line: string): string[] {
  return line.replace(/(?:^|\s)#.*$/, '').split(/&&|\|\||;/).map((command) => command.trim()).filter((command) => command !== '');
}

/** `-A …`, `ipvsadm -A …`, `/sbin/ipvsadm -A …`, in quotes or without. */
function wordsOf(text: string): string[] {
  const words = text.replaceAll(/["']/g, '').split(/\s+/).filter((word) => word !== '');
  const program = words.findIndex((word) => /(?:^|\/)ipvsadm$/.test(word));
  return words.slice(program + 1);
}

function read(text: string, at: Place, draft: Draft, report: Report): void {
  report.read(at);
  const command = commandOf(wordsOf(text));
  if (command === null) return report.leftOut(at, 'notACommand');
  if (command.name === 'other') return report.leftOut(at, 'commandNotRead', { command: command.word });
  const [incomplete] = command.incomplete;
  if (incomplete !== undefined) return report.leftOut(at, 'valueMissing', { word: incomplete });
  report.understood(at);
  for (const word of command.unknown) {
    const near = meant(word, optionWords);
    if (near === null) report.dropped(at, 'optionNotRead', { option: word });
    else report.dropped(at, 'misspelt', { word, meant: near });
  }
  (command.name === 'addService' ? addService : addRealServer)({ at, options: command.options }, draft, report);
  return undefined;
}

export function importIpvsadm(files: readonly SourceText[]): Imported {
  checkBounds(files);
  const report = new Report(files, { wholeObjects: true });
  const draft = new Draft(report);
  let count = 0;
  for (const [file] of files.entries()) {
    for (const [line, text] of report.linesOf(file).entries()) {
      count += 1;
      if (count > LINES_MAX) throw new FormatError('tooMuch', report.nameOf(file), line + 1, { most: LINES_MAX });
      checkLine(report.nameOf(file), line, text);
      for (const command of commandsOn(text)) read(command, { file, line }, draft, report);
    }
  }
  return { definition: draft.definition(), report: report.lines(), hints: [], unused: [] };
}
