// Bundles TypeScript into one file that the guest's Node loads at once: compiling in the emulated machine would take seconds.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

export interface BundleOrder {
  readonly entry: URL;
  readonly target: string;
}

/** Packages with native parts cannot be bundled; the guest sees the host's file system, so it loads them where they are. */
const nativePackages: Plugin = {
  name: 'native-packages',
  setup(bundling) {
    bundling.onResolve({ filter: /^koffi$/ }, async ({ path: specifier, pluginData, ...from }) => {
      if (pluginData === 'resolving') return undefined;
      const found = await bundling.resolve(specifier, { resolveDir: from.resolveDir, kind: from.kind, pluginData: 'resolving' });
      return found.errors.length > 0 ? { errors: found.errors } : { path: found.path, external: true };
    });
  },
};

/** Code that is loaded from a file of its own (a thread's) stays where it is, too. */
const ownFiles: Plugin = {
  name: 'own-files',
  setup(bundling) {
    bundling.onLoad({ filter: /\.ts$/ }, async (module) => {
      const source = await readFile(module.path, 'utf8');
      const contents = source.replaceAll(/new URL\('(\.\/[\w-]+\.mjs)', import\.meta\.url\)/g, (_, name: string) => (
        `new URL('${pathToFileURL(path.join(path.dirname(module.path), name)).href}')`));
      return contents === source ? undefined : { contents, loader: 'ts' };
    });
  },
};

/** A program is a module of its own; what a program loads is a script, whose compiled form can be kept. */
async function bundle(entry: URL, format: 'esm' | 'cjs'): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    write: false,
    platform: 'node',
    format,
    target: 'node20',
    logLevel: 'silent',
    ...(format === 'esm' && { banner: { js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);" } }),
    // Script that was kept in compiled form knows no import().
    ...(format === 'cjs' && { define: { 'import.meta.url': JSON.stringify(entry.href) }, supported: { 'dynamic-import': false } }),
    plugins: [nativePackages, ownFiles],
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

export async function bundleFor({ entry, target }: BundleOrder): Promise<void> {
  await writeWhole(target, await bundle(entry, 'esm'));
}

const bundles = new Map<string, Promise<string>>();

/** Returns the bundle's name in the folder. Named by content: several processes may write the same one. */
export function bundleInto(folder: string, entry: URL): Promise<string> {
  const key = `${folder}\0${entry.href}`;
  const known = bundles.get(key);
  if (known !== undefined) return known;
  const made = bundle(entry, 'cjs').then(async (content) => {
    const digest = createHash('sha256').update(content).digest('hex').slice(0, 16);
    const name = `${path.basename(entry.pathname, '.ts')}.${digest}.cjs`;
    if (!existsSync(path.join(folder, name))) await writeWhole(path.join(folder, name), content);
    return name;
  });
  bundles.set(key, made);
  return made;
}

async function writeWhole(target: string, content: Uint8Array): Promise<void> {
  const partial = `${target}.${process.pid}.new`;
  await writeFile(partial, content);
  await rename(partial, target);
}
