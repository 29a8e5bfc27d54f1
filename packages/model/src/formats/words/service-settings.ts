// How a service spreads its packets, from the words of a file: the same words in ipvsadm and keepalived.conf.
import type { Family } from '../../definition/address.ts';
import type { Persistence, Protocol, VirtualService } from '../../definition/definition.ts';
import { SchedulerName } from '../../definition/scheduler.ts';
import type { Scheduler } from '../../definition/scheduler.ts';
import { meant } from './misspelt.ts';
import type { Report, Word } from '../report.ts';
import { prefixOfMask, wholeNumber } from './values.ts';

export interface SettingsWords {
  readonly scheduler: Word | null;
  /** `sh-port`, `mh-fallback`, `flag-1`. */
  readonly flags: readonly Word[];
  /** Without text: the default. */
  readonly timeout: Word | null;
  readonly mask: Word | null;
  readonly engine: Word | null;
  readonly onePacket: Word | null;
}

export interface SettledMatch {
  readonly family: Family;
  /** Null where the file does not say it: a firewall mark. */
  readonly protocol: Protocol | null;
}

export type Settings = Pick<VirtualService, 'scheduler' | 'persistence' | 'onePacket'>;

/** ipvsadm.c: DEF_SCHED; keepalived's is the same. */
const DEFAULT_SCHEDULER = 'wlc';
/** ipvsadm.c: DEFAULT_TIMEOUT. */
const DEFAULT_TIMEOUT_SECONDS = 360;
const LONGEST_TIMEOUT_SECONDS = 2_678_400;

/** ip_vs.h: IP_VS_SVC_F_SCHED1 is the fallback and IP_VS_SVC_F_SCHED2 the port, for sh and for mh. */
const flagNamed: Readonly<Record<string, { scheduler: 'sh' | 'mh' | null; is: 'fallback' | 'port' | null }>> = {
  'sh-fallback': { scheduler: 'sh', is: 'fallback' },
  'sh-port': { scheduler: 'sh', is: 'port' },
  'mh-fallback': { scheduler: 'mh', is: 'fallback' },
  'mh-port': { scheduler: 'mh', is: 'port' },
  'flag-1': { scheduler: null, is: 'fallback' },
  'flag-2': { scheduler: null, is: 'port' },
  'flag-3': { scheduler: null, is: null },
};

export const flagNames = Object.keys(flagNamed);

function schedulerName(word: Word | null, report: Report): SchedulerName {
  if (word === null) return DEFAULT_SCHEDULER;
  const parsed = SchedulerName.safeParse(word.text);
  if (parsed.success) return parsed.data;
  report.approximated(word.at, 'unknownScheduler', { scheduler: word.text, taken: DEFAULT_SCHEDULER, known: SchedulerName.options.join(', ') });
  return DEFAULT_SCHEDULER;
}

function schedulerOf({ scheduler, flags }: SettingsWords, report: Report): Scheduler {
  const name = schedulerName(scheduler, report);
  const set = { fallback: false, port: false };
  for (const { text, at } of flags) {
    const flag = flagNamed[text];
    const near = flag === undefined ? meant(text, flagNames) : null;
    if (near !== null) report.dropped(at, 'misspelt', { word: text, meant: near });
    else if (flag === undefined) report.dropped(at, 'unknownFlag', { flag: text, known: flagNames.join(', ') });
    else if (flag.is === null || (name !== 'sh' && name !== 'mh') || (flag.scheduler ?? name) !== name) {
      report.dropped(at, 'flagNeedsScheduler', { flag: text, scheduler: name, needed: flag.scheduler ?? 'sh, mh' });
    } else set[flag.is] = true;
  }
  return name === 'sh' || name === 'mh' ? { name, ...set } : { name };
}

function timeoutSeconds({ text, at }: Word, report: Report): number | null {
  if (text === '') return DEFAULT_TIMEOUT_SECONDS;
  const seconds = wholeNumber(text);
  // keepalived refuses 0 too, and goes on without persistence.
  if (seconds === null || seconds < 1) {
    report.dropped(at, 'timeoutInvalid', { timeout: text });
    return null;
  }
  if (seconds <= LONGEST_TIMEOUT_SECONDS) return seconds;
  report.approximated(at, 'timeoutTooLong', { seconds, most: LONGEST_TIMEOUT_SECONDS });
  return LONGEST_TIMEOUT_SECONDS;
}

function prefixLength(mask: Word | null, family: Family, report: Report): number {
  const whole = family === 'ipv4' ? 32 : 128;
  if (mask === null) return whole;
  const prefix = prefixOfMask(mask.text, family);
  // ipvsadm itself reads 24 as the mask 0.0.0.24, which nobody means.
  if (typeof prefix === 'number' && family === 'ipv4' && !mask.text.includes('.')) report.approximated(mask.at, 'netmaskIsLength', { mask: mask.text });
  if (typeof prefix === 'number') return prefix;
  report.dropped(mask.at, prefix === null ? 'netmaskInvalid' : 'netmaskNotContiguous', { mask: mask.text });
  return whole;
}

function persistenceOf({ timeout, mask, engine }: SettingsWords, family: Family, report: Report): Persistence | null {
  const seconds = timeout === null ? null : timeoutSeconds(timeout, report);
  if (seconds === null) {
    if (mask !== null) {
      if (prefixOfMask(mask.text, family) === 'notContiguous') report.dropped(mask.at, 'netmaskNotContiguous', { mask: mask.text });
      report.dropped(mask.at, 'netmaskWithoutPersistence', { mask: mask.text });
    }
    if (engine !== null) report.dropped(engine.at, 'engineWithoutPersistence', { engine: engine.text });
    return null;
  }
  const known = engine === null || engine.text === 'sip';
  if (!known) report.dropped(engine.at, 'unknownEngine', { engine: engine.text });
  return { timeoutSeconds: seconds, prefixLength: prefixLength(mask, family, report), engine: engine !== null && known ? 'sip' : null };
}

export function settingsOf(words: SettingsWords, { family, protocol }: SettledMatch, report: Report): Settings {
  const wrong = words.onePacket !== null && protocol !== null && protocol !== 'udp';
  if (wrong && words.onePacket !== null) report.dropped(words.onePacket.at, 'onePacketNeedsUdp', { protocol });
  return {
    scheduler: schedulerOf(words, report),
    persistence: persistenceOf(words, family, report),
    onePacket: words.onePacket !== null && !wrong,
  };
}
