// How a script is run without privileges: as nobody by an agent that is root, or in a unit of its own by systemd for one that is not.
import { accessSync, constants, existsSync } from 'node:fs';

const SETPRIV = '/usr/bin/setpriv';
/** nobody and nogroup, in all distributions. */
const NOBODY = 65_534;

/** Where scripts are for the unit, whatever the agent was told. */
export const UNIT_FOLDER = '/etc/weir-agent/checks.d';
export const UNIT_SOCKET = '/run/weir-check.socket';

export type Means = { readonly kind: 'asNobody' } | { readonly kind: 'unit'; readonly socket: string } | { readonly kind: 'none'; readonly because: string };

function mayAsk(socket: string): boolean {
  try {
    accessSync(socket, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

export function meansOf(folder: string, socket = UNIT_SOCKET): Means {
  if (process.getuid?.() === 0) return existsSync(SETPRIV) ? { kind: 'asNobody' } : { kind: 'none', because: `${SETPRIV} is missing (util-linux)` };
  if (!mayAsk(socket)) return { kind: 'none', because: `this agent is not root and may not ask ${socket}: systemctl enable --now weir-check.socket` };
  return folder === UNIT_FOLDER ? { kind: 'unit', socket } : { kind: 'none', because: `weir-check.socket runs scripts of ${UNIT_FOLDER} only` };
}

/** Without groups, capabilities, or a way to get any. */
export function unprivileged(command: readonly string[]): readonly [string, ...string[]] {
  return [
    SETPRIV, `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--no-new-privs', '--inh-caps=-all', '--ambient-caps=-all', '--bounding-set=-all', '--', ...command,
  ];
}
