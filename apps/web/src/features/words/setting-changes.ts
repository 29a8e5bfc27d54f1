// What differs between two settings of a virtual service or of a real server, one line each.
import type { ForwardingMethod, Persistence, RealServerSettings, RuleMethod, Scheduler, ServiceSettings } from '@weir/model';

export type SettingName = 'scheduler' | 'persistence' | 'onePacket' | 'weight' | 'method' | 'thresholds';

export interface SettingChange {
  readonly setting: SettingName;
  readonly before: string;
  readonly after: string;
}

export function schedulerText(scheduler: Scheduler): string {
  if (!('fallback' in scheduler)) return scheduler.name;
  const flags = [scheduler.fallback && `${scheduler.name}-fallback`, scheduler.port && `${scheduler.name}-port`].filter(Boolean);
  return flags.length === 0 ? scheduler.name : `${scheduler.name} (${flags.join(',')})`;
}

/** As `ipvsadm` writes it; a dash where there is none. */
export function persistenceText(persistence: Persistence | null): string {
  if (persistence === null) return '—';
  const engine = persistence.engine === null ? '' : ` pe ${persistence.engine}`;
  return `${persistence.timeoutSeconds} s /${persistence.prefixLength}${engine}`;
}

/** The machine's words: the same in every language. */
export function methodText(method: ForwardingMethod | RuleMethod): string {
  if (method.kind === 'proxied') return 'source' in method && method.source !== null ? `proxied, DIP ${method.source}` : 'proxied';
  if (method.kind !== 'tun') return method.kind;
  const { tunnel } = method;
  const port = tunnel.type === 'gue' ? `:${tunnel.port}` : '';
  const checksum = tunnel.type === 'ipip' || tunnel.checksum === 'none' ? '' : ` ${tunnel.checksum}`;
  return `tun ${tunnel.type}${port}${checksum}`;
}

function differing(changes: readonly SettingChange[]): SettingChange[] {
  return changes.filter(({ before, after }) => before !== after);
}

export function serviceChanges(before: ServiceSettings, after: ServiceSettings): SettingChange[] {
  return differing([
    { setting: 'scheduler', before: schedulerText(before.scheduler), after: schedulerText(after.scheduler) },
    { setting: 'persistence', before: persistenceText(before.persistence), after: persistenceText(after.persistence) },
    { setting: 'onePacket', before: before.onePacket ? 'ops' : '—', after: after.onePacket ? 'ops' : '—' },
  ]);
}

function bounds({ thresholds }: RealServerSettings): string {
  return `${thresholds.upper}/${thresholds.lower}`;
}

export function realServerChanges(before: RealServerSettings, after: RealServerSettings, wordsOf = methodText): SettingChange[] {
  return differing([
    { setting: 'weight', before: String(before.weight), after: String(after.weight) },
    { setting: 'method', before: wordsOf(before.method), after: wordsOf(after.method) },
    { setting: 'thresholds', before: bounds(before), after: bounds(after) },
  ]);
}
