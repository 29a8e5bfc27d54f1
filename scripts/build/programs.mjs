// Bundles the programs of Weir. Agent and lab can be copied anywhere, the lab as one file, the agent with the node_modules beside it;
// panel and launcher keep their packages outside.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bundleProgram, root } from './bundle.mjs';
import { copyNativeParts } from './native.mjs';

const programs = [
  { entry: 'packages/agent/src/main.ts', out: 'packages/agent/dist/weir-agent.mjs', external: [] },
  { entry: 'packages/lab/src/main.ts', out: 'packages/lab/dist/weir-lab.mjs', external: [] },
  { entry: 'apps/web/src/main.ts', out: 'apps/web/dist/main.mjs', external: dependenciesOf('apps/web') },
  { entry: 'apps/web/src/backup.ts', out: 'apps/web/dist/backup.mjs', external: dependenciesOf('apps/web') },
  { entry: 'scripts/launch/launch.ts', out: 'scripts/dist/launch.mjs', external: dependenciesOf('.') },
  { entry: 'scripts/launch/backup.ts', out: 'scripts/dist/backup.mjs', external: dependenciesOf('.') },
];

await Promise.all(programs.map(bundleProgram));
copyNativeParts(path.join(root, 'packages/agent/dist'));

/**
 * What a package installs for itself can be imported from its dist folder; the rest (workspace packages and what they need) goes inside.
 * @param {string} folder
 */
function dependenciesOf(folder) {
  /** @type {{ dependencies?: Record<string, string> }} */
  const manifest = JSON.parse(readFileSync(path.join(root, folder, 'package.json'), 'utf8'));
  return Object.keys(manifest.dependencies ?? {})
    .filter((name) => !name.startsWith('@weir/'))
    .flatMap((name) => [name, `${name}/*`]);
}
