// Packs the agent for a host of its own: its bundle, the FFI's binaries, a service for systemd and what installs them, in one archive.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Failure } from '../setup/failure.mjs';
import { bundleProgram, root } from './bundle.mjs';
import { copyNativeParts } from './native.mjs';

/**
 * The same sources give the same archive, byte for byte.
 * @param {string} target the folder for it
 * @returns {Promise<string>} its path
 */
export async function packAgent(target) {
  const name = `weir-agent-${agentVersion()}-linux-${process.arch}`;
  const work = mkdtempSync(path.join(tmpdir(), 'weir-agent-archive-'));
  try {
    const folder = path.join(work, name);
    cpSync(path.join(root, 'packages/agent/archive'), folder, { recursive: true });
    await bundleProgram({ entry: 'packages/agent/src/main.ts', out: path.join(folder, 'lib/weir-agent.mjs'), external: [] });
    copyNativeParts(path.join(folder, 'lib'));
    const archive = path.join(target, `${name}.tar.gz`);
    mkdirSync(target, { recursive: true });
    const everyonesAlike = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner', '--mode=u=rwX,go=rX'];
    execFileSync('tar', [...everyonesAlike, '--use-compress-program=gzip -n', '-C', work, '-cf', archive, name]);
    return archive;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

function agentVersion() {
  const source = readFileSync(path.join(root, 'packages/agent/src/version.ts'), 'utf8');
  const version = /AGENT_VERSION = '([\w.-]+)'/.exec(source)?.[1];
  if (version === undefined) throw new Failure('packages/agent/src/version.ts names no version.');
  return version;
}
