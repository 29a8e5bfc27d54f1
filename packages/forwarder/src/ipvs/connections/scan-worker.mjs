// The thread that reads the kernel's connection table: as far as the time allows that it is given, keeping only what is asked for.
// It compares the columns as the kernel writes them (net/netfilter/ipvs/ip_vs_conn.c, ip_vs_conn_sync_seq_show), and reads with
// synchronous calls, for then the kernel's work is this thread's own time. It stands alone: a bundle carries it as text.
import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';

/** @typedef {import('./question.ts').Question} Question */
/** @typedef {import('./table-reader.ts').ReadOrder} ReadOrder */
/** @typedef {import('./table-reader.ts').Reading} Reading */
/** @typedef {{ lines: string[], total: number, templates: number, states: Map<string, number>, groups: Map<string, number>, beyond: number }} Found */
/** @typedef {{ read: number, unreadable: number, found: Found[] }} Tally */

const CHUNK_BYTES = 65_536;
/** The kernel gives a page or two per call, and begins each time at the table's first entry. */
const READS_PER_LOOK = 4;
const LONGEST_LINE = 600;
const MOST_STATES = 64;
/** Of groups that are told apart: some 10 MB. */
const MOST_GROUPS = 50_000;
const GROUPS_SHOWN = 200;
const HEADING = 'Pro ';
const ADDRESS = '([0-9A-Fa-f]{8}|(?:[0-9A-Fa-f]{4}:){7}[0-9A-Fa-f]{4})';
const PORT = '([0-9A-F]{4})';
const entry = new RegExp(String.raw`^(\w{1,20}) +${ADDRESS} ${PORT} ${ADDRESS} ${PORT} ${ADDRESS} ${PORT} ([A-Z0-9_]{1,32}) +(?:(?:LOCAL|SYNC) +)?\d{1,10}(?: |$)`);

/** CPU time of this thread where the kernel tells it; else the clock, which runs at least as fast. */
function spentMs() {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ', 1)[0]) / 1_000_000;
  } catch {
    return performance.now();
  }
}

/** @param {NonNullable<Question['network']>} network @param {string} address */
function isIn({ length, start, mask, bits }, address) {
  return address.length === length && address.startsWith(start) && (mask === 0 || (Number.parseInt(address.charAt(start.length), 16) & mask) === bits);
}

/** @param {Question['services']} services @param {RegExpExecArray} columns */
function serviceOf(services, [, protocol, , , address, port]) {
  return services?.get(`${protocol} ${address} ${port}`) ?? services?.get(`${protocol} ${address} *`);
}

/** @param {Question} question @param {RegExpExecArray} columns */
function isAskedFor({ equal, network, services }, columns) {
  for (const [column, text] of equal) if (columns[column] !== text) return false;
  if (network !== null && !isIn(network, columns[2] ?? '')) return false;
  return services === null || serviceOf(services, columns) !== undefined;
}

/** @param {Question} question @param {RegExpExecArray} columns */
function groupOf({ groupBy, services }, columns) {
  const [, protocol = '', client = '', , address, port, destination, destinationPort, state = ''] = columns;
  switch (groupBy) {
    case 'client': return client;
    // 24 bits, or 64.
    case 'network': return client.slice(0, client.length === 8 ? 6 : 19);
    case 'service': return serviceOf(services, columns) ?? `${protocol} ${address} ${port}`;
    case 'realServer': return `${destination} ${destinationPort}`;
    case 'state': return state;
    case 'protocol': return protocol;
    case null: return null;
  }
}

/** A part of a text keeps the whole alive: a line its chunk. @param {string} line */
function ownCopy(line) {
  return Buffer.from(line, 'latin1').toString('latin1');
}

/** @param {Found} found @param {string} state */
function countState({ states }, state) {
  const before = states.get(state);
  if (before !== undefined || states.size < MOST_STATES) states.set(state, (before ?? 0) + 1);
}

/** @param {Found} found @param {string | null} key */
function countGroup(found, key) {
  if (key === null) return;
  const { groups } = found;
  const before = groups.get(key);
  if (before !== undefined) groups.set(key, before + 1);
  else if (groups.size < MOST_GROUPS) groups.set(ownCopy(key), 1);
  else found.beyond += 1;
}

/** @param {Found} found */
function largest({ groups, beyond }) {
  const sorted = [...groups].sort(([a, first], [b, second]) => second - first || (a < b ? -1 : 1));
  const rest = sorted.slice(GROUPS_SHOWN);
  return {
    largest: sorted.slice(0, GROUPS_SHOWN),
    rest: { groups: beyond > 0 ? null : rest.length, connections: rest.reduce((sum, [, count]) => sum + count, beyond) },
  };
}

/** @param {string} line @param {readonly Question[]} questions @param {Tally} tally */
function take(line, questions, tally) {
  const columns = line.length > LONGEST_LINE ? null : entry.exec(line);
  if (columns === null) {
    if (!line.startsWith(HEADING)) tally.unreadable += 1;
    return;
  }
  tally.read += 1;
  questions.forEach((question, at) => {
    const found = tally.found[at];
    if (found === undefined || !isAskedFor(question, columns)) return;
    if (found.lines.length < question.limit) found.lines.push(ownCopy(line.trimEnd()));
    // A template's client has port 0.
    if (columns[3] === '0000') found.templates += 1;
    else {
      found.total += 1;
      countState(found, columns[8] ?? '');
      countGroup(found, groupOf(question, columns));
    }
  });
}

/** Lines of a stream of chunks; of one that is too long only so much is kept that it is seen to be. */
class Lines {
  #rest = '';

  /** @param {string} chunk */
  of(chunk) {
    const lines = (this.#rest + chunk).split('\n');
    this.#rest = (lines.pop() ?? '').slice(0, LONGEST_LINE + 1);
    return lines;
  }

  end() {
    return this.#rest === '' ? [] : [this.#rest];
  }
}

/** Connections that the table of services counts: without templates, and without those whose real server is gone. @param {string} path */
function estimated(path) {
  try {
    let sum = 0;
    for (const [, active, inactive] of readFileSync(path, 'latin1').matchAll(/^ {2}-> .* (\d{1,10}) +(\d{1,10}) *$/gm)) sum += Number(active) + Number(inactive);
    return sum;
  } catch {
    return null;
  }
}

/** @param {string} path @param {string} fallback */
function open(path, fallback) {
  try {
    return openSync(path, 'r');
  } catch {
    return openSync(fallback, 'r');
  }
}

/** @param {ReadOrder} order @returns {Reading} */
function readTable({ paths, questions, budgetMs, wallMs }) {
  const [begunMs, begunAt] = [spentMs(), performance.now()];
  const timeIsUp = () => spentMs() - begunMs >= budgetMs || performance.now() - begunAt >= wallMs;
  /** @type {Tally} */
  const tally = { read: 0, unreadable: 0, found: questions.map(() => ({ lines: [], total: 0, templates: 0, states: new Map(), groups: new Map(), beyond: 0 })) };
  const lines = new Lines();
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  const file = open(paths.connections, paths.connectionsWithoutOrigin);
  let complete = false;
  try {
    for (let reads = 1, sinceLook = 0; ; reads += 1) {
      const length = readSync(file, buffer, 0, CHUNK_BYTES, null);
      if (length === 0) {
        complete = true;
        break;
      }
      for (const line of lines.of(buffer.toString('latin1', 0, length))) take(line, questions, tally);
      sinceLook += length;
      if (sinceLook < CHUNK_BYTES && reads % READS_PER_LOOK !== 0) continue;
      sinceLook = 0;
      if (timeIsUp()) break;
    }
  } finally {
    closeSync(file);
  }
  if (complete) for (const line of lines.end()) take(line, questions, tally);
  const found = tally.found.map((one, at) => {
    const { lines: kept, total, templates, states } = one;
    return { lines: kept, total, templates, states, groups: (questions[at]?.groupBy ?? null) === null ? null : largest(one) };
  });
  return { read: tally.read, unreadable: tally.unreadable, found, complete, of: complete ? null : estimated(paths.services), spentMs: spentMs() - begunMs };
}

parentPort?.on('message', (/** @type {ReadOrder} */ order) => {
  try {
    parentPort?.postMessage({ reading: readTable(order) });
  } catch (error) {
    parentPort?.postMessage({ failure: error instanceof Error ? error.message : String(error) });
  }
});
