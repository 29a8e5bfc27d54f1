// Writes a cpio archive in the "newc" form, which the kernel unpacks as its first root (Documentation/driver-api/early-userspace/buffer-format.rst).
export interface CpioFile {
  readonly path: string;
  /** Absent: a folder. */
  readonly content?: Buffer;
  readonly executable?: boolean;
}

const folderMode = 0o040755;
const fileMode = 0o100644;
const programMode = 0o100755;

export function writeCpio(files: readonly CpioFile[]): Buffer {
  const entries = files.map(({ path, content, executable = false }, index) =>
    entry(index + 1, path, content === undefined ? folderMode : executable ? programMode : fileMode, content ?? Buffer.alloc(0)),
  );
  return Buffer.concat([...entries, entry(0, 'TRAILER!!!', 0, Buffer.alloc(0))]);
}

function entry(inode: number, path: string, mode: number, content: Buffer): Buffer {
  const name = Buffer.from(`${path}\0`);
  const [links, uid, gid, mtime, device] = [1, 0, 0, 0, 0];
  const fields = [inode, mode, uid, gid, links, mtime, content.length, device, device, device, device, name.length, 0];
  const header = Buffer.from(`070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`);
  return Buffer.concat([padded(Buffer.concat([header, name])), padded(content)]);
}

/** To a multiple of four bytes. */
function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}
