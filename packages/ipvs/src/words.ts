// What an errno of the kernel means for a command: net/netfilter/ipvs/ip_vs_ctl.c says little, and the same number for several things.
import { command } from './family/constants.ts';

type Meaning = 'exists' | 'missing' | 'notCapable' | 'notAllowed' | 'noRoom' | 'invalid';

export interface Words {
  readonly meaning: Meaning | null;
  /** What is wrong and what to do about it. */
  readonly text: string;
}

const byErrno: ReadonlyMap<string, Words> = new Map<string, Words>([
  ['EPERM', { meaning: 'notAllowed', text: 'the agent lacks CAP_NET_ADMIN; give it that capability (its systemd unit does)' }],
  ['EAFNOSUPPORT', { meaning: 'notCapable', text: 'the kernel does not do this address family: IPv6 is disabled on this host' }],
  ['ERANGE', { meaning: 'invalid', text: 'the weight is negative, or the lower threshold is above the upper one' }],
  ['ENOMEM', { meaning: 'noRoom', text: 'the kernel has no memory for it' }],
  ['ENOBUFS', { meaning: null, text: 'the kernel\'s answers were lost, so it is not known what was done; read the table again' }],
  ['ETIMEDOUT', { meaning: null, text: 'the kernel did not answer in time, so it is not known what was done; read the table again' }],
  ['EOPNOTSUPP', { meaning: 'notCapable', text: 'this kernel\'s IPVS does not know the command' }],
  ['EBUSY', { meaning: null, text: 'the kernel is busy with another reading of the same table' }],
]);

const serviceCommands: readonly number[] = [command.newService, command.setService, command.delService];
const destinationCommands: readonly number[] = [command.newDest, command.setDest, command.delDest];

function ofObject(errno: string, number: number): Words | null {
  const isService = serviceCommands.includes(number);
  if (!isService && !destinationCommands.includes(number)) return null;
  switch (errno) {
    case 'EEXIST':
      return isService
        ? { meaning: 'exists', text: 'the kernel has this service already' }
        : { meaning: 'exists', text: 'the service has this destination already, whatever its forwarding method' };
    case 'ESRCH': return { meaning: 'missing', text: 'the kernel has no such service' };
    case 'ENOENT':
      return isService
        ? { meaning: 'notCapable', text: 'the kernel has no such scheduler or persistence engine; load the module ip_vs_<scheduler> or ip_vs_pe_<engine>' }
        : { meaning: 'missing', text: 'the service has no such destination' };
    case 'EINVAL':
      return isService
        ? { meaning: 'invalid', text: 'the kernel refuses a value: a netmask out of range, or a timeout that is too long' }
        : { meaning: 'invalid', text: 'the kernel refuses the destination: an address that is no host\'s, another family without a tunnel or while connections are synchronised, or a tunnel without a port' };
    default: return null;
  }
}

const ofDaemon: ReadonlyMap<string, Words> = new Map<string, Words>([
  ['EEXIST', { meaning: 'exists', text: 'such a daemon runs already' }],
  ['ESRCH', { meaning: 'missing', text: 'no such daemon runs' }],
  ['ENODEV', { meaning: 'missing', text: 'there is no such interface' }],
  ['EINVAL', { meaning: 'invalid', text: 'the kernel refuses it: a value out of range, or destinations of another family than their service' }],
]);

/** In words, for any errno: at least its name. */
export function wordsOf(errno: string, number: number): Words {
  const isDaemon = number === command.newDaemon || number === command.delDaemon;
  return ofObject(errno, number) ?? (isDaemon ? ofDaemon.get(errno) : undefined) ?? byErrno.get(errno) ?? { meaning: null, text: `the kernel answers ${errno}` };
}
