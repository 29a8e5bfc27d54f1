// The text that Prometheus reads: families of series in the words of OpenMetrics 1.0, or of Prometheus' own format 0.0.4.

export type Format = 'openMetrics' | 'prometheus';

export const contentTypes: Readonly<Record<Format, string>> = {
  openMetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
  prometheus: 'text/plain; version=0.0.4; charset=utf-8',
};

export const END_OF_OPEN_METRICS = '# EOF\n';

/** One series of a family: its labels as they are written, without braces. */
export interface Point {
  readonly labels: string;
  readonly value: number | bigint;
}

export interface Family<TSeen> {
  /** Ends with its unit, if it has one; the endings of its type are added where it is written. */
  readonly name: `weir_${string}`;
  readonly type: 'counter' | 'gauge' | 'info' | 'stateset';
  readonly unit?: 'bytes' | 'seconds';
  /** Without backslashes, quotes and line breaks. */
  readonly help: string;
  /** What of one object is in it; what nobody sees is not there. */
  readonly points: (seen: TSeen) => readonly Point[];
}

const suffixes = { counter: '_total', gauge: '', info: '_info', stateset: '' } as const;

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' };

/** `cluster="web",vip="10.0.0.1"`; a label without text is none. */
export function labelsOf(labels: Readonly<Record<string, string | number | null>>): string {
  return Object.entries(labels)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => `${name}="${String(value).replace(/[\\"\n]/g, (found) => escapes[found] ?? found)}"`)
    .join(',');
}

function headOf({ name, type, unit, help }: Family<never>, format: Format): string {
  if (format === 'openMetrics') return `# TYPE ${name} ${type}\n${unit === undefined ? '' : `# UNIT ${name} ${unit}\n`}# HELP ${name} ${help}\n`;
  const full = name + suffixes[type];
  return `# HELP ${full} ${help}\n# TYPE ${full} ${type === 'counter' ? 'counter' : 'gauge'}\n`;
}

/** The lines of a family, those of each object at a time. */
export function* familyLines<TSeen>(family: Family<TSeen>, seen: Iterable<TSeen>, format: Format): Generator<string> {
  yield headOf(family, format);
  const name = family.name + suffixes[family.type];
  for (const one of seen) {
    yield family.points(one).map(({ labels, value }) => `${labels === '' ? name : `${name}{${labels}}`} ${value}\n`).join('');
  }
}
