// What Weir needs from the machine before anything can be installed.
import { Failure } from './failure.mjs';

export function checkPlatform() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) throw new Failure(`Weir needs Node 20.19 or later, and this is ${process.versions.node}.`);
  if (process.platform !== 'linux') throw new Failure(`Weir runs on Linux, and this is ${process.platform}.`);
}
