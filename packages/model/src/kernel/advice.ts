// What a kernel setting means for the clusters that a director forwards. Pure: it only says; nothing is set.
import type { ClusterDefinition, VirtualService } from '../definition/definition.ts';
import { replyBypassesDirector } from '../definition/forwarding.ts';
import type { KernelState } from './kernel-state.ts';
import { isKnownSetting } from './known-settings.ts';
import type { KnownSetting } from './known-settings.ts';

export interface AdviceInput {
  readonly directorId: string;
  /** By which the director forwards now. */
  readonly definitions: readonly ClusterDefinition[];
  readonly daemons: KernelState['daemons'];
}

/** `code` has its sentence in every language; `services` are those it is about, by name. */
export interface Advice {
  readonly code: AdviceCode;
  /** `note`: right as it is, as long as one knows it. */
  readonly severity: 'error' | 'warning' | 'note';
  readonly services: readonly string[];
}

const severities = {
  backupForwardsNothing: 'error', statisticsFrozen: 'error',
  dropsAlways: 'warning', failoverResets: 'warning', fragments: 'warning', reusedPortSticks: 'warning', sloppyWithoutHash: 'warning', stallsRemoved: 'warning',
  syncsLate: 'warning', templatesOutlastQuiesce: 'warning',
  backupSchedules: 'note', masqueradeIgnored: 'note',
} as const satisfies Readonly<Record<string, Advice['severity']>>;

export type AdviceCode = keyof typeof severities;

type Rule = (value: string, input: AdviceInput) => Omit<Advice, 'severity'> | null;

function servicesOf({ definitions }: AdviceInput, is: (service: VirtualService) => boolean): string[] {
  return definitions.flatMap(({ services }) => services.filter(is).map(({ name }) => name));
}

/** About services; none of that kind, no advice. */
function about(code: AdviceCode, when: (value: string) => boolean, is: (service: VirtualService) => boolean): Rule {
  return (value, input) => {
    const services = when(value) ? servicesOf(input, is) : [];
    return services.length === 0 ? null : { code, services };
  };
}

function whatever(code: AdviceCode, when: (value: string, input: AdviceInput) => boolean): Rule {
  return (value, input) => (when(value, input) ? { code, services: [] } : null);
}

const isOff = (value: string): boolean => value === '0';
const isOn = (value: string): boolean => value !== '0';
const hasMethod = (...kinds: string[]) => ({ realServers }: VirtualService): boolean => realServers.some(({ method }) => kinds.includes(method.kind));
const bypasses = ({ realServers }: VirtualService): boolean => realServers.some(({ method }) => replyBypassesDirector(method.kind));
/** Every director with the same real servers and weights chooses the same one. */
const isHashed = ({ scheduler }: VirtualService): boolean => scheduler.name === 'sh' || scheduler.name === 'mh';
const isTcp = ({ match }: VirtualService): boolean => match.protocol === 'tcp';
const hasDaemon = ({ daemons }: AdviceInput, role: 'master' | 'backup'): boolean => daemons.some((daemon) => daemon.role === role);

/** Services that another director would take over without knowing their connections. */
const failoverResets: Rule = (value, input) => {
  if (value !== '0' || input.daemons.length > 0) return null;
  const shared = input.definitions.filter(({ directors }) => directors.length > 1);
  const services = servicesOf({ ...input, definitions: shared }, (service) => isHashed(service) && isTcp(service));
  return services.length === 0 ? null : { code: 'failoverResets', services };
};

const sloppyWithoutHash: Rule = about('sloppyWithoutHash', isOn, (service) => isTcp(service) && !isHashed(service));

const holdsVip = ({ definitions, directorId }: AdviceInput): boolean => definitions.some(({ vips }) => vips.some(({ holder }) => holder === directorId));

/** sysctl_backup_only(): it counts only while the backup daemon runs, also beside a master. */
const backupOnly: Rule = (value, input) => {
  if (!hasDaemon(input, 'backup')) return null;
  if (value !== '0') return holdsVip(input) ? { code: 'backupForwardsNothing', services: [] } : null;
  const services = servicesOf(input, bypasses);
  return services.length === 0 ? null : { code: 'backupSchedules', services };
};

/** How many packets a connection has had when it is first told to the backup: the kernel's default. */
const USUAL_SYNC_PACKETS = 3;

const syncsLate = whatever('syncsLate', (value, input) => hasDaemon(input, 'master') && Number(value.split(' ', 1)[0]) > USUAL_SYNC_PACKETS);
const dropsAlways = whatever('dropsAlways', (value) => value === '3');

const rules: Partial<Record<KnownSetting, readonly Rule[]>> = {
  backup_only: [backupOnly],
  conn_reuse_mode: [about('reusedPortSticks', isOff, isTcp)],
  conntrack: [about('masqueradeIgnored', isOff, hasMethod('nat'))],
  drop_entry: [dropsAlways],
  drop_packet: [dropsAlways],
  secure_tcp: [dropsAlways],
  expire_nodest_conn: [about('stallsRemoved', isOff, ({ onePacket }) => !onePacket)],
  expire_quiescent_template: [about('templatesOutlastQuiesce', isOff, ({ persistence }) => persistence !== null)],
  pmtu_disc: [about('fragments', isOff, hasMethod('tun'))],
  run_estimation: [whatever('statisticsFrozen', isOff)],
  sloppy_tcp: [failoverResets, sloppyWithoutHash],
  sync_threshold: [syncsLate],
};

/** None for a setting that Weir does not know, or whose value cannot be read. */
export function adviceOn(name: string, value: string | null, input: AdviceInput): Advice[] {
  if (value === null || !isKnownSetting(name)) return [];
  return (rules[name] ?? []).flatMap((rule) => {
    const advice = rule(value, input);
    return advice === null ? [] : [{ ...advice, severity: severities[advice.code] }];
  });
}
