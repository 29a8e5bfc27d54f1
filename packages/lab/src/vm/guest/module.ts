// Loads a bundle in the guest. What V8 compiled of it is kept beside it, for the next program that loads it: compiling takes the emulated machine seconds.
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Script } from 'node:vm';

type Exports = Readonly<Record<string, unknown>>;
type Wrapper = (exports: object, require: NodeJS.Require, module: { exports: Exports }) => void;

const loaded = new Map<string, Exports>();

export function loadModule(file: string): Exports {
  const known = loaded.get(file);
  if (known !== undefined) return known;
  const compiled = `${file}.compiled`;
  const script = new Script(`(function (exports, require, module) {${readFileSync(file, 'utf8')}\n})`, {
    filename: file,
    ...(existsSync(compiled) && { cachedData: readFileSync(compiled) }),
  });
  const module: { exports: Exports } = { exports: {} };
  (script.runInThisContext() as Wrapper)(module.exports, createRequire(file), module);
  loaded.set(file, module.exports);
  // Only now it has what was needed to run it.
  if (script.cachedDataRejected !== false) keep(compiled, script.createCachedData());
  return module.exports;
}

function keep(target: string, content: Uint8Array): void {
  const partial = `${target}.${process.pid}`;
  writeFileSync(partial, content);
  renameSync(partial, target);
}
