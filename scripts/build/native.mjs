// Puts the FFI's binaries beside a bundle: koffi's own code is inside the bundle and looks for them in node_modules there.
import { cpSync, existsSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './bundle.mjs';

/** @param {string} dist absolute path of the bundle's folder */
export function copyNativeParts(dist) {
  const binaries = path.resolve(realpathSync(path.join(root, 'packages/netlink/node_modules/koffi')), '../@koromix');
  const target = path.join(dist, 'node_modules/@koromix');
  rmSync(target, { recursive: true, force: true });
  // Where the registry has none for this machine, the agent can do all but drive the kernel, and says so.
  if (existsSync(binaries)) cpSync(binaries, target, { recursive: true, dereference: true });
}
