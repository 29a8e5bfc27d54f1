// The figures of a run as a table.
import { type Kind, kinds, type Order } from './orders.ts';
import type { CrashResult } from './run.ts';
import { victims } from './kills.ts';

const titles: Record<Kind, string> = {
  save: 'revisions saved', keep: 'overrides kept as a revision', apply: 'applies ordered', weight: 'weights set by hand',
  quiesce: 'real servers quiesced', maintenance: 'maintenance begun', end: 'overrides ended',
};

function row(cells: readonly (string | number)[]): string {
  return cells.map((cell, index) => (index === 0 ? String(cell).padEnd(30) : String(cell).padStart(14))).join('');
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}

/** Not wholly acknowledged: what became of it was looked up, where that can be told. */
function open(orders: readonly Order[], cameToBe: (order: Order) => boolean | null): string {
  const unheard = orders.filter(({ said }) => said === 'nothing' || said === 'doubtful').map(cameToBe);
  return unheard.every((done) => done === null) ? String(unheard.length) : `${unheard.length} (${unheard.filter((done) => done === true).length})`;
}

export function summary({ kills, book, witness, recoveriesMs, losses }: CrashResult): string {
  const rows = kinds.map((kind) => {
    const orders = book.all.filter((order) => order.kind === kind);
    return row([titles[kind], book.acknowledged(orders), open(orders, (order) => witness.cameToBe(order)), orders.filter(({ said }) => said === 'refused').length]);
  });
  return [
    `kill -9: ${victims.map((part) => `${part} ${kills.filter((kill) => kill.part === part).length}`).join(', ')}; ${kills.filter(({ hasty }) => hasty).length} of ${kills.length} while another was coming back`,
    `until orders were acknowledged again: median ${seconds(median(recoveriesMs))}, longest ${seconds(Math.max(...recoveriesMs))}`,
    '',
    row(['', 'acknowledged', 'open (done)', 'refused']), ...rows,
    row(['audit entries seen', witness.audit.size]),
    '',
    ...losses,
    `missing or wrong: ${losses.length}`,
  ].join('\n');
}
