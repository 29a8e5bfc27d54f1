// The parts of the image that are made without a kernel: archive, order of modules, signatures.
import { expect, it } from 'vitest';
import { writeCpio } from './cpio.ts';
import { loadOrder, unsigned } from './modules.ts';

it('writes an archive that the kernel unpacks', () => {
  const archive = writeCpio([{ path: 'bin' }, { path: 'bin/sh', content: Buffer.from('12345'), executable: true }]);
  const text = archive.toString('latin1');
  expect(archive.length % 4).toBe(0);
  expect(text.startsWith('07070100000001000041ed')).toBe(true);
  expect(text).toMatch(/000081ed[^]*00000005[^]*bin\/sh\0[^]*12345\0{3}070701/);
  expect(text).toMatch(/TRAILER!!!\0+$/);
});

it('loads what a module needs before it, once, and nothing that is built in', () => {
  const dep = 'kernel/net/a-b.ko: kernel/lib/c.ko kernel/lib/d.ko\nkernel/lib/c.ko: kernel/lib/d.ko\nkernel/lib/d.ko:\n';
  expect(loadOrder(dep, 'kernel/e.ko\n', ['c', 'e', 'a_b'])).toEqual(['kernel/lib/d.ko', 'kernel/lib/c.ko', 'kernel/net/a-b.ko']);
  expect(() => loadOrder(dep, '', ['nothing'])).toThrow('The kernel has no module nothing.');
});

it('takes the signature from a module that has one', () => {
  const info = Buffer.alloc(12);
  info.writeUInt32BE(4, 8);
  const signed = Buffer.concat([Buffer.from('module'), Buffer.from('sign'), info, Buffer.from('~Module signature appended~\n')]);
  expect(unsigned(signed).toString()).toBe('module');
  expect(unsigned(Buffer.from('module')).toString()).toBe('module');
  info.writeUInt32BE(4_000_000, 8);
  const broken = Buffer.concat([Buffer.from('module'), info, Buffer.from('~Module signature appended~\n')]);
  expect(unsigned(broken)).toBe(broken);
});
