// Writes a definition as YAML: all of it, ids too, so that reading it again gives the same.
import { dump } from 'js-yaml';
import type { ClusterDefinition } from '../../definition/definition.ts';
import type { Exported } from '../unsaid.ts';

export function exportYaml(definition: ClusterDefinition): Exported {
  return { text: `# A cluster of Weir\n${dump(JSON.parse(JSON.stringify(definition)), { lineWidth: -1, noRefs: true })}`, unsaid: [] };
}
