// Makes one program one file, with esbuild.
import path from 'node:path';
import { build } from 'esbuild';
import { threadsInside } from './threads-inside.mjs';

export const root = path.resolve(import.meta.dirname, '../..');

/**
 * @typedef {object} Program
 * @property {string} entry from the root
 * @property {string} out from the root, or absolute
 * @property {string[]} external packages that stay outside
 */

/** @param {Program} program */
export function bundleProgram({ entry, out, external }) {
  return build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: out,
    external,
    bundle: true,
    plugins: [threadsInside],
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    // CommonJS packages inside an ES module call require() for Node's own modules.
    banner: { js: "import { createRequire as createRequireOfBundle } from 'node:module';\nconst require = createRequireOfBundle(import.meta.url);" },
    logLevel: 'warning',
  });
}
