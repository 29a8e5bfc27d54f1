// What a person runs on the host of a director that does not answer, to undo what stays there.
import type { DirectorRemains } from '../../server/forgetting/remains-view.ts';
import { againCommand, dataFolder } from '../directors/enrol/known-director.ts';

/** First the unit that would start it again, where there is one; then by SIGKILL: an agent that does not answer may not hear anything softer. */
export const endCommand = `systemctl disable --now weir-agent 2>/dev/null; pkill -KILL -f 'weir-agent.mjs run --data ${dataFolder}'`;

/** The agent wrote down what it changed before it did. */
export const settingsCommand = `cat ${dataFolder}/host.json`;

export const folderCommand = `rm -r ${dataFolder}`;

/** One line each, for a shell; none where no kernel forwards. */
export function kernelCommands({ services }: Pick<DirectorRemains, 'services'>): string[] {
  return services.flatMap(({ command }) => command ?? []);
}

export function resetCommand({ address }: Pick<DirectorRemains, 'address'>): string {
  return againCommand(address);
}
