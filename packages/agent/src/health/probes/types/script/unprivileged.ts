// A command run as nobody: without groups, capabilities, or a way to get any. Only root can do that; an agent that is not says so.
import { existsSync } from 'node:fs';

const SETPRIV = '/usr/bin/setpriv';
/** nobody and nogroup, in all distributions. */
const NOBODY = 65_534;

/** Null: this agent can. */
export function whyNot(): string | null {
  if (process.getuid?.() !== 0) return 'scripts are run as nobody, which only an agent that is root can do';
  return existsSync(SETPRIV) ? null : `${SETPRIV} is missing (util-linux)`;
}

export function unprivileged(command: readonly string[]): readonly [string, ...string[]] {
  return [
    SETPRIV, `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--no-new-privs', '--inh-caps=-all', '--ambient-caps=-all', '--bounding-set=-all', '--', ...command,
  ];
}
