// A module that was loaded anew: its family has another number.
import { Connection, NetlinkError } from '@weir/netlink';
import { acknowledgement, done, hex, reply, ScriptedTransport } from '@weir/netlink/testing';
import { expect, test } from 'vitest';
import { IpvsClient } from './client.ts';
import * as commands from './commands.ts';
import { namedService } from './service.ts';
import type { ServiceId } from './service.ts';

const CONTROL = 16;
const ENOENT = 2;
const web: ServiceId = { kind: 'mark', family: 'ipv4', mark: 7 };

/** CTRL_CMD_NEWFAMILY with the id and the name. */
function family(id: number): Buffer {
  return hex(`01020000 06000100 ${id.toString(16).padStart(2, '0')}000000 09000200 49505653 00000000`);
}

interface Bench {
  readonly client: IpvsClient;
  /** The families that were asked, in order. */
  readonly asked: number[];
}

/** A kernel whose IPVS has this number now (null: it has none), where the client knew it as 32. Family 40 has nothing with the mark 7. */
function bench(now: number | null): Bench {
  const asked: number[] = [];
  const transport = new ScriptedTransport(({ type, sequence, flags }) => {
    asked.push(type);
    const isDump = (flags & 0x300) === 0x300;
    if (type === CONTROL) return now === null ? [acknowledgement(sequence, ENOENT)] : [reply(CONTROL, sequence, family(now)), acknowledgement(sequence)];
    if (type !== now) return [acknowledgement(sequence, ENOENT)];
    if (isDump) return [done(sequence)];
    // As the kernel: what was not asked for an acknowledgement only answers where it refuses.
    return now === 40 ? [acknowledgement(sequence, ENOENT)] : (flags & 4) === 0 ? [] : [acknowledgement(sequence)];
  });
  return { asked, client: new IpvsClient(new Connection(() => transport), 32) };
}

function failureOf(run: () => unknown): string {
  try {
    run();
    return 'none';
  } catch (error) {
    return error instanceof NetlinkError ? `${error.operation} ${error.errno}` : String(error);
  }
}

test('is found again by the first question that finds it gone, and used from then on', () => {
  const { client, asked } = bench(33);
  expect(client.services()).toEqual([]);
  client.zero(null);
  expect(asked).toEqual([32, CONTROL, 33, 33]);
});

test('gets what a batch was refused for once more', () => {
  const { client, asked } = bench(33);
  const many = [commands.zero(null), commands.removeService(namedService(web)), commands.zero(null)];
  expect(client.batch(many)).toEqual([null, null, null]);
  expect(asked).toEqual([32, 32, 32, CONTROL, 33, 33, 33]);
});

test('is not asked twice where it is what it was: then something else is not there', () => {
  const { client, asked } = bench(40);
  expect(failureOf(() => client.zero(web))).toBe('zero ENOENT');
  expect(asked).toEqual([32, CONTROL, 40]);
  expect(failureOf(() => client.zero(web))).toBe('zero ENOENT');
  expect(client.batch([commands.zero(namedService(web))])).toEqual(['ENOENT']);
  expect(asked).toEqual([32, CONTROL, 40, 40, CONTROL, 40, CONTROL]);
});

test('is said to be gone where the kernel has none', () => {
  expect(failureOf(() => bench(null).client.services())).toBe('resolve ENOENT');
  expect(failureOf(() => bench(null).client.batch([commands.zero(null)]))).toBe('resolve ENOENT');
});
