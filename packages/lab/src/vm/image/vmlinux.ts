// Takes the ELF kernel out of a compressed vmlinuz: booting it directly saves the BIOS and the unpacking in the guest.
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { VmError } from '../error.ts';
import { runProgram } from './program.ts';

const xzMagic = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]);
const elfMagic = Buffer.from([0x7f, 0x45, 0x4c, 0x46]);
const unpackDeadlineMs = 120_000;

export async function extractVmlinux(vmlinuz: string, target: string): Promise<void> {
  const image = await readFile(vmlinuz);
  const start = image.indexOf(xzMagic);
  if (start === -1) throw new VmError(`${vmlinuz} holds no xz stream: this kernel is packed in another way.`);
  const stream = path.join(path.dirname(target), 'vmlinux.xz');
  await writeFile(stream, image.subarray(start));
  // xz complains about what follows the stream in the image.
  const kernel = await runProgram('xz', ['--decompress', '--stdout', '--single-stream', stream], { deadlineMs: unpackDeadlineMs, tolerant: true });
  await rm(stream);
  if (!kernel.subarray(0, elfMagic.length).equals(elfMagic)) throw new VmError(`What ${vmlinuz} holds is no ELF kernel.`);
  await writeFile(target, kernel);
}
