// Which module files the first root needs, in the order in which they can be loaded (modules.dep of depmod).
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { VmError } from '../error.ts';
import { runProgram } from './program.ts';

const unpackDeadlineMs = 30_000;

/** Files relative to the modules folder, dependencies first. A module that is built in has none. */
export function loadOrder(modulesDep: string, builtin: string, wanted: readonly string[]): string[] {
  const dependencies = new Map(
    modulesDep.split('\n').flatMap((line) => {
      const [file, list] = line.split(':');
      return file === undefined || list === undefined ? [] : [[file, list.trim().split(' ').filter(Boolean)] as const];
    }),
  );
  const order: string[] = [];
  for (const name of wanted) {
    if (hasModule(builtin.split('\n'), name) !== undefined) continue;
    const file = hasModule([...dependencies.keys()], name);
    if (file === undefined) throw new VmError(`The kernel has no module ${name}.`);
    // modules.dep lists all that a module needs, the first to load last.
    for (const one of [...(dependencies.get(file) ?? []).toReversed(), file]) {
      if (!order.includes(one)) order.push(one);
    }
  }
  return order;
}

function hasModule(files: readonly string[], name: string): string | undefined {
  return files.find((file) => path.basename(file).replace(/\.ko(\.xz)?$/, '').replaceAll('-', '_') === name);
}

const signatureMark = Buffer.from('~Module signature appended~\n');
/** struct module_signature of linux/module_signature.h; its last field is the signature's length, big-endian. */
const signatureInfoBytes = 12;

/** A module without its signature: checking one takes the emulated processor long. */
export function unsigned(module: Buffer): Buffer {
  const infoEnd = module.length - signatureMark.length;
  if (infoEnd < signatureInfoBytes || !module.subarray(infoEnd).equals(signatureMark)) return module;
  const signatureBytes = module.readUInt32BE(infoEnd - 4);
  const end = infoEnd - signatureInfoBytes - signatureBytes;
  return end > 0 ? module.subarray(0, end) : module;
}

export async function readModules(folder: string, wanted: readonly string[]): Promise<Buffer[]> {
  const [dep, builtin] = await Promise.all(['modules.dep', 'modules.builtin'].map((name) => readFile(path.join(folder, name), 'utf8')));
  const files = loadOrder(dep ?? '', builtin ?? '', wanted).map((file) => path.join(folder, file));
  return Promise.all(files.map(async (file) => unsigned(await readModule(file))));
}

function readModule(file: string): Promise<Buffer> {
  return file.endsWith('.xz') ? runProgram('xz', ['--decompress', '--stdout', file], { deadlineMs: unpackDeadlineMs }) : readFile(file);
}
