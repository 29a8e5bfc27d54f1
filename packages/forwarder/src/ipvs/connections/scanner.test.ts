// The scanner on tables as the kernel writes them, in files: small and large, damaged, growing, and with threads that end or hang.
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConnectionFilter, ConnectionGrouping, ConnectionList, everyConnection, findConnections } from '@weir/model';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConnectionScanner } from './scanner.ts';
import type { ScannerOptions } from './scanner.ts';
import { TableReader } from './table-reader.ts';
import type { Reading, ReadOrder, TablePaths } from './table-reader.ts';

const heading = 'Pro FromIP   FPrt ToIP     TPrt DestIP   DPrt State       Origin Expires\n';
const hex = (number: number, digits: number): string => number.toString(16).toUpperCase().padStart(digits, '0');

/** The client's address counts from 10.0.0.0 on, its port from 1024. */
function line(number: number, { state = 'ESTABLISHED', destination = 'C0A80814', origin = 'LOCAL ' } = {}): string {
  return `TCP ${hex(0x0a00_0000 + (number >> 12), 8)} ${hex(1_024 + (number & 0xfff), 4)} C0A808C8 0050 ${destination} 1F90 ${state.padEnd(11)} ${origin} ${String(number % 900).padStart(7)}\n`;
}

function table(count: number): string {
  return heading + Array.from({ length: count }, (_, number) => line(number, number % 3 === 0 ? { state: 'FIN_WAIT', destination: 'C0A8081E' } : {})).join('');
}

const templates = 'TCP 0A000000 0000 C0A808C8 0050 C0A80814 0050 ASSURED     LOCAL       59\n'
  + 'IP  0A000000 0000 00000007 0000 C0A8081E 0000 ASSURED     SYNC        59\n'
  + 'IP  fd00:0000:0000:0000:0000:0000:0000:0064 0000 0000:0007:0000:0000:0000:0000:0000:0000 0000 fd00:0000:0000:0000:0000:0000:0000:0030 0000 NONE        LOCAL        5\n';
const six = 'TCP fd00:0000:0000:0000:0000:0000:0000:0064 A902 fd00:0000:0000:0000:0000:0000:0000:0200 0050 C0A8081E 0050 SYN_RECV    SYNC       117\n';

let folder: string;
let paths: TablePaths;
let scanners: ConnectionScanner[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'weir-connections-'));
  paths = { connections: path.join(folder, 'sync'), connectionsWithoutOrigin: path.join(folder, 'conn'), services: path.join(folder, 'ip_vs') };
  scanners = [];
});
afterEach(async () => {
  await Promise.all(scanners.map((one) => one.close()));
  await rm(folder, { recursive: true });
});

/** A busy machine may give the thread the processor late. */
class PatientReader extends TableReader {
  override read(order: ReadOrder): Promise<Reading> {
    return super.read({ ...order, wallMs: 45_000 });
  }
}

function scanner(options: ScannerOptions = {}): ConnectionScanner {
  const one = new ConnectionScanner({ paths, reader: new PatientReader(), ...options });
  scanners.push(one);
  return one;
}

async function scanned(text: string, filter: ConnectionFilter = {}, limit = 10): Promise<ConnectionList> {
  await writeFile(paths.connections, text);
  return ConnectionList.parse(await scanner().scan({ filter, services: null }, limit));
}

async function found(...services: NonNullable<typeof everyConnection.services>): Promise<unknown> {
  const { total, templates: count } = await scanner().scan({ filter: {}, services }, 10);
  return [total, count];
}

describe('a scan', () => {
  it('of an empty table finds nothing', async () => {
    for (const text of ['', heading]) expect(await scanned(text)).toMatchObject({ entries: [], total: 0, states: [], templates: 0, sample: null, unreadable: 0 });
  });

  it('of one line says all that the kernel says of it', async () => {
    const before = Date.now();
    const { entries: [entry], total, measuredAtMs } = await scanned(heading + line(5));
    expect(entry).toEqual({
      protocol: 'tcp', cip: '10.0.0.0', clientPort: 1_029, vip: '192.168.8.200', virtualPort: 80, mark: null, dip: null, directorPort: null,
      rip: '192.168.8.20', realPort: 8_080, state: 'ESTABLISHED', expiresInMs: 5_000, origin: 'local', template: false,
    });
    expect([total, measuredAtMs >= before && measuredAtMs <= Date.now()]).toEqual([1, true]);
  });

  it('tells templates from connections, and marks from addresses', async () => {
    const { entries, total, templates: count, states } = await scanned(heading + templates + six);
    expect([total, count, states]).toEqual([1, 3, [{ state: 'SYN_RECV', count: 1 }]]);
    expect(entries.map(({ protocol, vip, mark, origin, template }) => [protocol, vip, mark, origin, template])).toEqual([
      ['tcp', '192.168.8.200', null, 'local', true], ['ip', null, 7, 'sync', true], ['ip', null, 7, 'local', true], ['tcp', 'fd00::200', null, 'sync', false],
    ]);
    expect(entries[3]).toMatchObject({ cip: 'fd00::64', clientPort: 43_266, rip: '192.168.8.30' });
  });

  it('reads the other table where a kernel does not say where connections come from', async () => {
    await writeFile(paths.connectionsWithoutOrigin, `${heading}${line(1, { origin: '' })}`);
    expect(await scanner().scan(everyConnection, 10)).toMatchObject({ total: 1, entries: [{ origin: null, expiresInMs: 1_000 }] });
  });

  it('of 10,000 lines counts all of them and keeps as many as are wanted', async () => {
    const list = await scanned(table(10_000), {}, 100);
    expect(list).toMatchObject({ total: 10_000, sample: null, states: [{ state: 'ESTABLISHED', count: 6_666 }, { state: 'FIN_WAIT', count: 3_334 }] });
    expect(list.entries).toHaveLength(100);
    expect((await scanned(table(10_000), {}, 10_000)).entries).toHaveLength(10_000);
  });

  it.each<[ConnectionFilter, number]>([
    [{ client: '10.0.0.1' }, 4_096], [{ rip: '192.168.8.30' }, 3_334], [{ rip: '192.168.8.20', realPort: 8_080, state: 'ESTABLISHED' }, 6_666],
    [{ realPort: 80 }, 0], [{ state: 'FIN_WAIT', client: '10.0.0.2' }, 603], [{ protocol: 'tcp' }, 10_000], [{ protocol: 'udp' }, 0], [{ client: 'fd00::1' }, 0],
  ])('finds by %j', async (filter, total) => {
    const list = await scanned(table(10_000), filter);
    expect(list.total).toBe(total);
    expect(list.entries).toHaveLength(Math.min(10, total));
  });

  it('finds what belongs to services, those of a firewall mark too', async () => {
    const ofFtp = 'TCP 0A000000 0000 C0A808C9 0000 C0A80814 0000 ASSURED     LOCAL       59\n';
    await writeFile(paths.connections, heading + templates + ofFtp + six + line(1) + line(2).replace('0050 C', '1F90 C').replace('TCP', 'UDP'));
    const web = { kind: 'address' as const, protocol: 'tcp' as const, vip: '192.168.8.200', port: 80 };
    const mark = { kind: 'mark' as const, family: 'ipv4' as const, mark: 7, protocol: 'udp' as const, vips: ['192.168.8.200'], ports: [8_080] };
    expect(await found()).toEqual([0, 0]);
    expect(await found(web)).toEqual([1, 1]);
    expect(await found({ ...web, vip: 'fd00::200', port: 0 })).toEqual([1, 0]);
    expect(await found({ ...web, vip: '192.168.8.201', port: 21 })).toEqual([0, 1]);
    expect(await found(mark)).toEqual([1, 1]);
    expect(await found({ ...mark, family: 'ipv6', vips: ['fd00::200'], protocol: 'tcp', ports: [] })).toEqual([1, 1]);
  });

  it.each(['10.0.0.0/24', '10.0.0.1/32', '10.0.0.0/31', '10.0.0.2/23', '0.0.0.0/0', '10.0.4.0/22', 'fd00::/64', 'fd00::64/127', 'fd00::60/125', 'fd00::/1', '::/0', 'fd00::65/128'])(
    'finds and counts by the network %s as the model does', async (network) => {
      const text = heading + templates + six + six.replace('0064', '0165').replace('SYN_RECV', 'CLOSE   ') + table(5_000).slice(heading.length);
      await writeFile(paths.connections, text);
      const one = scanner({ allowance: { spendMs: 10_000, withinMs: 10_000 } });
      const every = (await one.scan(everyConnection, 10_000)).entries;
      const web = [{ kind: 'address' as const, protocol: 'tcp' as const, vip: '192.168.8.200', port: 0 }, { kind: 'address' as const, protocol: 'tcp' as const, vip: '192.168.8.200', port: 80 }, { kind: 'address' as const, protocol: 'tcp' as const, vip: 'fd00::200', port: 80 }];
      for (const groupBy of ConnectionGrouping.options) {
        for (const services of [null, web]) {
          const choice = { filter: ConnectionFilter.parse({ network }), services, groupBy };
          const { measuredAtMs: _at, sample: _sample, unreadable: _unreadable, ...list } = ConnectionList.parse(await one.scan(choice, 100));
          expect(list).toEqual(findConnections(every, { choice, limit: 100 }));
        }
      }
    });

  it('names the largest groups and counts the rest', async () => {
    await writeFile(paths.connections, heading + Array.from({ length: 60_000 }, (_, number) => line(number << 12)).join('') + line(7 << 12));
    const { groups } = await scanner({ allowance: { spendMs: 10_000, withinMs: 10_000 } }).scan({ filter: {}, services: null, groupBy: 'client' }, 0);
    expect([groups?.groups.length, groups?.groups[0], groups?.rest]).toEqual([200, { key: '10.0.0.7', count: 2 }, { groups: null, connections: 60_001 - 201 }]);
  });

  it('passes over what is no line of the table, and counts it', async () => {
    const garbage = ['', 'TCP', '\0'.repeat(50), 'é'.repeat(5_000), `TCP ${'0'.repeat(200_000)}`, ...['C0A808C8', 'LOCAL', 'ESTABLISHED'].map((word) => line(1).trimEnd().replace(word, '<b>'))];
    expect(await scanned(`${heading}${line(1)}${garbage.join('\n')}\n${line(2)}${line(3).slice(0, 40)}`)).toMatchObject({ total: 2, unreadable: garbage.length + 1 });
    expect(await scanned(heading + six.replaceAll('fd00:0000:0000:0000:0000:0000', '0000:0000:0000:0000:0000:ffff'))).toMatchObject({ entries: [], unreadable: 1 });
  });

  it('says why it failed', async () => {
    await expect(scanner().scan(everyConnection, 10)).rejects.toThrow('ENOENT');
  });
});

const thread = (code: string): URL => new URL(`data:text/javascript,${encodeURIComponent(`import { parentPort } from 'node:worker_threads';\n${code}`)}`);

class CountingReader extends PatientReader {
  readonly questions: number[] = [];

  override read(order: ReadOrder): Promise<Reading> {
    this.questions.push(order.questions.length);
    return super.read(order);
  }
}

describe('a large table', () => {
  it('is read as far as the budget goes, and says how far that was', async () => {
    await writeFile(paths.connections, table(200_000));
    await writeFile(paths.services, 'IP Virtual Server version 1.2.1 (size=4096)\nProt …\n  -> RemoteAddress:Port Forward Weight ActiveConn InActConn\nTCP  C0A808C8:0050 rr\n'
      + '  -> C0A80814:1F90      Masq    1      150000     30000     \n  -> C0A8081E:1F90      Masq    1      20000      0         \n');
    const small = scanner({ allowance: { spendMs: 20, withinMs: 10_000 } });
    const { entries, total, sample, states } = await small.scan(everyConnection, 10_000);
    expect([total, sample?.of]).toEqual([null, 200_000]);
    expect(sample?.read).toBeGreaterThan(500);
    expect(sample?.read).toBeLessThan(200_000);
    expect(states?.reduce((sum, { count }) => sum + count, 0)).toBe(sample?.read);
    expect(entries.length).toBe(Math.min(10_000, sample?.read ?? 0));
  });

  it('is not said to be larger than what was read of it', async () => {
    await writeFile(paths.connections, table(200_000));
    await writeFile(paths.services, 'IP\nProt\n  ->\nTCP  C0A808C8:0050 rr\n  -> C0A80814:1F90      Masq    1      3     0         \n');
    expect((await scanner({ allowance: { spendMs: 20, withinMs: 10_000 } }).scan(everyConnection, 1)).sample?.of).toBeNull();
  });

  it('is kept within its thread\'s memory, however far its finds are apart', async () => {
    await writeFile(paths.connections, table(200_000));
    const list = await scanner({ allowance: { spendMs: 10_000, withinMs: 10_000 } }).scan({ filter: { state: 'FIN_WAIT' }, services: null }, 10_000);
    expect([list.total, list.entries.length]).toEqual([66_667, 10_000]);
  });

  it('may grow while it is read', async () => {
    await writeFile(paths.connections, table(50_000));
    const scan = scanner().scan(everyConnection, 1);
    await appendFile(paths.connections, table(50_000).slice(heading.length));
    const { total, sample, unreadable } = await scan;
    expect((total ?? sample?.read ?? 0)).toBeGreaterThan(0);
    expect(unreadable).toBeLessThanOrEqual(1);
  });
});

describe('those who ask', () => {
  it('share one reading, and equal questions one answer', async () => {
    await writeFile(paths.connections, table(1_000));
    const reader = new CountingReader();
    const one = scanner({ reader });
    const first = one.scan(everyConnection, 5);
    const rest = await Promise.all([5, 5, 7].map((limit) => one.scan(everyConnection, limit)));
    expect(await first).toMatchObject({ total: 1_000 });
    expect(rest.map(({ entries }) => entries.length)).toEqual([5, 5, 7]);
    expect(reader.questions).toEqual([2]);
    await one.scan(everyConnection, 5);
    expect(reader.questions).toEqual([2, 1]);
  });

  it('wait until the budget allows another reading', async () => {
    await writeFile(paths.connections, table(200_000));
    const one = scanner({ allowance: { spendMs: 20, withinMs: 600 } });
    const begunMs = performance.now();
    await one.scan(everyConnection, 1);
    await one.scan(everyConnection, 1);
    // However slow the machine is, it is never less.
    expect(performance.now() - begunMs).toBeGreaterThan(500);
  });

  it('pay for a reading that fails, too', async () => {
    const reader = new TableReader({ workerCode: thread('throw new Error("no");') });
    const one = scanner({ reader, allowance: { spendMs: 1, withinMs: 600 } });
    const begunMs = performance.now();
    await expect(one.scan(everyConnection, 1)).rejects.toThrow('failed: no');
    await expect(one.scan(everyConnection, 1)).rejects.toThrow('failed: no');
    expect(performance.now() - begunMs).toBeGreaterThan(500);
  });

  it('are refused beyond a bound, and when the driver is closed', async () => {
    await writeFile(paths.connections, table(10));
    const one = scanner();
    const answers = Array.from({ length: 70 }, (_, limit) => one.scan(everyConnection, limit).then(() => 'answered', (error: Error) => error.message));
    const closed = one.close();
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['the driver was closed', '64 already wait for it']));
    await closed;
    await expect(one.scan(everyConnection, 1)).rejects.toThrow('closed');
  });
});

describe('a thread', () => {
  it.each([
    ['that cannot begin', 'throw new Error("no");', 'failed: no'],
    ['that crashes', 'parentPort.on("message", () => { throw new Error("oh"); });', 'failed: oh'],
    ['that ends', 'parentPort.on("message", () => process.exit(0));', 'has ended'],
    ['that hangs', 'parentPort.on("message", () => { for (;;) {} });', 'did not answer'],
    ['that eats memory', 'const all = []; parentPort.on("message", () => { for (;;) all.push(new Array(1000).fill(all.length)); });', 'failed: Worker terminated due to reaching memory limit'],
  ])('%s is an error, and the next one is asked anew', async (_, code, message) => {
    const order = { paths, questions: [], budgetMs: 10, wallMs: 50 };
    const reader = new TableReader({ workerCode: thread(code), graceMs: message === 'did not answer' ? 1_500 : 15_000 });
    await expect(reader.read(order)).rejects.toThrow(message);
    await expect(reader.read(order)).rejects.toThrow(message);
    await reader.close();
  });

  it('that ends while nobody asks is no error: the next one is asked anew', async () => {
    const order = { paths, questions: [], budgetMs: 10, wallMs: 50 };
    const code = 'parentPort.once("message", () => { parentPort.postMessage({ reading: 7 }); setTimeout(() => process.exit(0), 20); });';
    const reader = new TableReader({ workerCode: thread(code), graceMs: 15_000 });
    const ended = new Promise((resolve) => { process.once('worker', (worker) => worker.once('exit', resolve)); });
    expect(await reader.read(order)).toBe(7);
    await ended;
    expect(await reader.read(order)).toBe(7);
    await reader.close();
  });
});
