// Reads what scrapers are given as strictly as the two formats are written down; for tests.

export interface ParsedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ParsedFamily {
  readonly name: string;
  readonly type: string;
  readonly unit: string | null;
  readonly help: string;
  readonly samples: readonly ParsedSample[];
}

const unescaped: Readonly<Record<string, string>> = { '\\\\': '\\', '\\"': '"', '\\n': '\n' };

function labelsIn(text: string): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  let rest = text;
  while (rest !== '') {
    const [whole, name, value] = /^([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,(?!$)|$)/.exec(rest) ?? [];
    if (whole === undefined || name === undefined || value === undefined) throw new Error(`no labels: ${rest}`);
    if (name in labels) throw new Error(`the label ${name} twice in ${text}`);
    labels[name] = value.replace(/\\[\\"n]/g, (found) => unescaped[found] ?? found);
    rest = rest.slice(whole.length);
  }
  return labels;
}

function sampleIn(line: string): ParsedSample {
  // The labels are greedy: a brace may be in a value, none is after the last one.
  const [, name, labels = '', value] = /^([a-z_]+)(?:\{(.+)\})? (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/.exec(line) ?? [];
  if (name === undefined || value === undefined) throw new Error(`no sample: ${line}`);
  return { name, labels: labelsIn(labels), value: Number(value) };
}

const suffixes: Readonly<Record<string, string>> = { counter: '_total', info: '_info' };

function check({ name, type, unit, help, samples }: ParsedFamily, isOpenMetrics: boolean): void {
  const types = isOpenMetrics ? ['counter', 'gauge', 'info', 'stateset'] : ['counter', 'gauge'];
  if (!types.includes(type)) throw new Error(`${name} is of no type: ${type}`);
  if (help === '') throw new Error(`${name} has no help`);
  if (unit !== null && !name.endsWith(`_${unit}`)) throw new Error(`${name} does not end with its unit`);
  const series = new Set<string>();
  for (const sample of samples) {
    const key = JSON.stringify(Object.entries(sample.labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
    if (series.has(key)) throw new Error(`${name} says twice ${key}`);
    series.add(key);
    if (sample.name !== name + (isOpenMetrics ? suffixes[type] ?? '' : '')) throw new Error(`${sample.name} among those of ${name}`);
    if (type === 'counter' && sample.value < 0) throw new Error(`${name} counts ${sample.value}`);
    if (type === 'info' && sample.value !== 1) throw new Error(`${name} informs with ${sample.value}`);
    if (type === 'stateset' && (!(name in sample.labels) || ![0, 1].includes(sample.value))) throw new Error(`${name} is in no state`);
  }
}

const head = /^# (TYPE|UNIT|HELP) ([a-z_]+) ([^\n]+)$/;

function familyIn(lines: readonly string[]): ParsedFamily {
  const said = lines.filter((line) => line.startsWith('#')).map((line) => {
    const [, what, name, value] = head.exec(line) ?? [];
    if (what === undefined || name === undefined || value === undefined) throw new Error(`no line about a family: ${line}`);
    return { what, name, value };
  });
  const of = (wanted: string): string | null => {
    const found = said.filter(({ what }) => what === wanted);
    if (found.length > 1) throw new Error(`${wanted} twice of ${found[0]?.name}`);
    return found[0]?.value ?? null;
  };
  const names = new Set(said.map(({ name }) => name));
  if (names.size !== 1) throw new Error(`families mixed: ${[...names].join(' ')}`);
  return { name: said[0]?.name ?? '', type: of('TYPE') ?? '', unit: of('UNIT'), help: of('HELP') ?? '', samples: lines.slice(said.length).map(sampleIn) };
}

/** By name, with the endings that its format has there. Throws at the first thing that the format does not allow. */
export function parseExposition(text: string, isOpenMetrics: boolean): ReadonlyMap<string, ParsedFamily> {
  if (isOpenMetrics && !text.endsWith('\n# EOF\n')) throw new Error('no end');
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const lines = text.slice(0, isOpenMetrics ? -'# EOF\n'.length : undefined).split('\n').slice(0, -1);
  const groups: string[][] = [];
  lines.forEach((line, i) => {
    if (line.startsWith('#') && !(lines[i - 1]?.startsWith('#') ?? false)) groups.push([]);
    // A family without samples ends where the next one is named.
    const [, , name] = head.exec(line) ?? [];
    const current = groups.at(-1);
    if (name !== undefined && current?.[0] !== undefined && head.exec(current[0])?.[2] !== name) groups.push([line]);
    else current?.push(line);
  });
  const families = new Map<string, ParsedFamily>();
  for (const family of groups.map(familyIn)) {
    check(family, isOpenMetrics);
    if (families.has(family.name)) throw new Error(`${family.name} twice`);
    families.set(family.name, family);
  }
  return families;
}
