// A definition as `ipvsadm -Sn` prints what one of its directors would forward, and what ipvsadm has no words for. Pure.
import { effective, ipvsadmCommand, plan, type ClusterDefinition, type Operation } from '@weir/model';

export interface IpvsadmRules {
  /** One line each, as `ipvsadm -R` reads them. */
  readonly lines: readonly string[];
  readonly unsayable: readonly Operation[];
}

const program = 'ipvsadm ';

/** Without overrides: what is defined, not what is forwarded at this moment. */
export function ipvsadmRules(definition: ClusterDefinition, directorId: string): IpvsadmRules {
  const table = effective({ directorId, accepted: [{ clusterId: '', revision: 0, definition }], overrides: [], nowMs: 0 });
  const said = plan(table, { services: [] }).map((operation) => ({ operation, command: ipvsadmCommand(operation) }));
  return {
    lines: said.flatMap(({ command }) => (command === null ? [] : [command.slice(program.length)])),
    unsayable: said.flatMap(({ operation, command }) => (command === null ? [operation] : [])),
  };
}
