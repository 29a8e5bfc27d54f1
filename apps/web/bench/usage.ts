// What a process of a benchmark used, and figures for its tables.
import { readFile } from 'node:fs/promises';

export interface Usage { readonly cpuSeconds: number; readonly residentMebibytes: number }

/** USER_HZ, which Linux fixes at 100 for what it shows in /proc. */
const ticksPerSecond = 100;

/** /proc/PID/stat (utime, stime) and /proc/PID/status. */
export async function usageOf(pid: number): Promise<Usage> {
  const [stat, status] = await Promise.all([readFile(`/proc/${pid}/stat`, 'latin1'), readFile(`/proc/${pid}/status`, 'latin1')]);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond,
    residentMebibytes: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1_024,
  };
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export function rounded(value: number, digits = 0): number | string {
  return Number.isFinite(value) ? Number(value.toFixed(digits)) : '';
}
