// A plugin of esbuild: the code of a thread, which stands in a file of its own, goes inside as text, so that a bundle is one file.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

const ownFile = /new URL\('(\.\/[\w-]+\.mjs)', import\.meta\.url\)/;

/** @type {import('esbuild').Plugin} */
export const threadsInside = {
  name: 'threads-inside',
  setup(bundling) {
    bundling.onLoad({ filter: /\.ts$/ }, async (module) => {
      const source = await readFile(module.path, 'utf8');
      const name = ownFile.exec(source)?.[1];
      if (name === undefined) return undefined;
      const code = await readFile(path.join(path.dirname(module.path), name), 'base64');
      return { contents: source.replace(ownFile, `new URL('data:text/javascript;base64,${code}')`), loader: 'ts' };
    });
  },
};
