// Where in its interval a target is asked first: the same after each start, and spread evenly over all of them.

// FNV-1a, 32 bit.
const BASIS = 0x81_1c_9d_c5;
const PRIME = 0x01_00_01_93;

/** From 0 to 1. */
export function phaseOf(key: string): number {
  let hash = BASIS;
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), PRIME);
  // Its low bits are the better ones: the last step mixes them into all.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c_1b_3c_6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}
