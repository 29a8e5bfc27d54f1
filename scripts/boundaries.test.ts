// The rooms of the repository and who may import whom: fails on any import against the direction, and on house rules that a file breaks.
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');

interface Room {
  readonly folder: string;
  /** Packages of ours it may import: values and types. */
  readonly imports: readonly string[];
  /** Packages of ours of which it may import types only. */
  readonly importsTypes?: readonly string[];
  /** False: runs in a browser too, so no module of Node. */
  readonly node?: false;
  /** The only files that may read the environment. */
  readonly env?: RegExp;
}

const rooms: readonly Room[] = [
  { folder: 'packages/model', imports: [], node: false },
  { folder: 'packages/protocol', imports: ['@weir/model'], node: false },
  { folder: 'packages/netlink', imports: [] },
  { folder: 'packages/ipvs', imports: ['@weir/netlink'] },
  { folder: 'packages/forwarder', imports: ['@weir/model', '@weir/ipvs', '@weir/netlink'] },
  { folder: 'packages/agent', imports: ['@weir/forwarder', '@weir/protocol', '@weir/model', '@weir/netlink'], env: /^src\/config\.ts$/ },
  { folder: 'packages/ui', imports: [], importsTypes: ['@weir/model'], node: false },
  { folder: 'packages/lab', imports: [], env: /^src\/vm\/env\.ts$/ },
  {
    folder: 'apps/web',
    imports: ['@weir/ui', '@weir/protocol', '@weir/model'],
    importsTypes: ['@weir/agent'],
    env: /^src\/server\/(testing\/)?env\.ts$/,
  },
  { folder: 'e2e', imports: ['@weir/lab', '@weir/model', '@weir/web'], env: /./ },
  { folder: 'scripts', imports: ['@weir/lab'], env: /./ },
];

/** Tests may use what is there to try things on, and see another package's parts as its users do. */
const testImports = ['@weir/lab', '@weir/agent', '@weir/forwarder', '@weir/protocol', '@weir/model'];

interface Source {
  readonly room: Room;
  /** From the room's folder. */
  readonly file: string;
  readonly text: string;
  readonly isTest: boolean;
}

const skipped = new Set(['node_modules', 'dist', '.next', 'generated', 'test-results', 'playwright-report']);

function filesIn(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !skipped.has(name) && !name.endsWith('.d.ts'))
    .flatMap((entry) => (entry.isDirectory() ? filesIn(path.join(folder, entry.name)) : [path.join(folder, entry.name)]))
    .filter((file) => /\.(tsx?|mts|mjs)$/.test(file));
}

function exists(folder: string): boolean {
  return readdirSync(path.join(root, path.dirname(folder))).includes(path.basename(folder));
}

const sources: readonly Source[] = rooms
  .filter(({ folder }) => exists(folder))
  .flatMap((room) =>
    // Without this file, whose examples are imports too.
    filesIn(room.folder).filter((file) => file !== 'scripts/boundaries.test.ts').map((file) => ({
      room,
      file: path.relative(room.folder, file),
      text: readFileSync(path.join(root, file), 'utf8'),
      isTest: /\.test\.tsx?$|\/testing(\.ts$|\/)|\/contract\.ts$|\/bench\//.test(file),
    })),
  );

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** `import … from 'x'`, `export … from 'x'`, `import 'x'`, `import('x')` and `typeof import('x')`, outside of comments. */
function importsOf(source: string): Import[] {
  const text = source.replaceAll(/^\s*(\/\/.*|\*.*|\/\*.*)$/gm, '');
  const statements = text.matchAll(/^\s*(?:import|export)\s+(?:(type)\s+)?([^'"`;]*?\sfrom\s*)?['"]([^'"]+)['"]/gm);
  const calls = text.matchAll(/(typeof\s+)?\bimport\(\s*['"]([^'"]+)['"]/g);
  return [
    ...Array.from(statements, ([, type, names = '', specifier = '']) => ({ specifier, typeOnly: type !== undefined || namesOnlyTypes(names) })),
    ...Array.from(calls, ([, type, specifier = '']) => ({ specifier, typeOnly: type !== undefined })),
  ];
}

/** `{ type A, type B }` */
function namesOnlyTypes(names: string): boolean {
  const list = /^\s*\{([^}]*)\}\s*from\s*$/.exec(names)?.[1];
  return list !== undefined && list.split(',').every((name) => name.trim() === '' || name.trim().startsWith('type '));
}

function faultOf(source: Source, { specifier, typeOnly }: Import): string | null {
  const { room, file, isTest } = source;
  if (specifier.startsWith('.')) {
    const target = path.relative(room.folder, path.join(room.folder, path.dirname(file), specifier));
    return target.startsWith('..') ? `leaves ${room.folder} by ${specifier}; import the package by its name` : null;
  }
  if (isBuiltin(specifier)) {
    return room.node === false && !isTest ? `imports ${specifier}; ${room.folder} runs in a browser too and imports no module of Node` : null;
  }
  const target = /^@weir\/[^/]+/.exec(specifier)?.[0];
  if (target === undefined || target === `@weir/${path.basename(room.folder)}`) return null;
  const values = isTest ? [...room.imports, ...testImports] : room.imports;
  const types = [...values, ...(room.importsTypes ?? [])];
  if ((typeOnly ? types : values).includes(target)) return null;
  const allowed = [...room.imports, ...(room.importsTypes ?? []).map((name) => `${name} (types only)`)];
  return `imports ${typeOnly ? 'a type' : 'a value'} from ${specifier}; allowed here: ${allowed.join(', ') || 'none of our packages'}`;
}

function isBuiltin(specifier: string): boolean {
  return specifier.startsWith('node:') || builtinModules.includes(specifier);
}

function faults(check: (source: Source) => (string | null)[]): string[] {
  return sources.flatMap((source) =>
    check(source)
      .filter((fault) => fault !== null)
      .map((fault) => `${source.room.folder}/${source.file}: ${fault}`),
  );
}

it('finds the sources it is about', () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(sources.flatMap(({ text }) => importsOf(text)).length).toBeGreaterThan(100);
});

it('lets imports point one way', () => {
  expect(faults((source) => importsOf(source.text).map((found) => faultOf(source, found)))).toEqual([]);
});

it('lets a file read the environment only where its process takes it in', () => {
  expect(
    faults(({ room, file, text, isTest }) => [
      /\bprocess\.env\b|\bimport\s*\{[^}]*\benv\b[^}]*\}\s*from\s*'node:process'/.test(text) && !isTest && !room.env?.test(file)
        ? `reads process.env; allowed here: ${room.env?.source ?? 'no file'}`
        : null,
    ]),
  ).toEqual([]);
});

it('keeps files short and lets each say what it is for', () => {
  expect(
    faults(({ text, isTest }) => {
      const lines = text.split('\n');
      const first = lines[0]?.startsWith('#!') || /^['"]use /.test(lines[0] ?? '') ? lines[1] : lines[0];
      return [
        lines.length > 401 ? `has ${lines.length - 1} lines; at most 400` : null,
        // A test's name says it: beside x.ts stands x.test.ts.
        isTest || /^(\/\/|\/\*)/.test(first ?? '') ? null : 'has no comment at its beginning that says what it is for',
      ];
    }),
  ).toEqual([]);
});

it.each([
  ['packages/model', 'src/a.ts', `import { b } from '@weir/protocol';`, 'none of our packages'],
  ['packages/model', 'src/a.ts', `import type { b } from '@weir/lab';`, 'none of our packages'],
  ['packages/model', 'src/a.ts', `import { hash } from 'node:crypto';`, 'runs in a browser too'],
  ['packages/model', 'src/a.ts', `import fs from 'fs';`, 'runs in a browser too'],
  ['packages/agent', 'src/a.ts', `const b = await import('../../forwarder/src/index.ts');`, 'leaves packages/agent'],
  ['packages/forwarder', 'src/a.ts', `export { b } from '@weir/agent';`, '@weir/model, @weir/ipvs, @weir/netlink'],
  ['packages/ui', 'src/a.tsx', `import { b } from '@weir/model';`, '@weir/model (types only)'],
  ['apps/web', 'src/server/a.ts', `import { router } from '@weir/agent';`, '@weir/agent (types only)'],
  ['apps/web', 'src/server/a.ts', `import { start } from '@weir/lab';`, '@weir/agent (types only)'],
])('stops an import from %s/%s: %s', (folder, file, text, reason) => {
  const room = rooms.find((candidate) => candidate.folder === folder);
  if (!room) throw new Error(`no room ${folder}`);
  const source = { room, file, text, isTest: false };
  expect(importsOf(text).map((found) => faultOf(source, found))).toEqual([expect.stringContaining(reason)]);
});

it.each<[string, Import[]]>([
  [`import a, { b } from 'x';`, [{ specifier: 'x', typeOnly: false }]],
  [`import {\n  a,\n  b,\n} from "x";`, [{ specifier: 'x', typeOnly: false }]],
  [`import type { A } from 'x';`, [{ specifier: 'x', typeOnly: true }]],
  [`import { type A, type B } from 'x';`, [{ specifier: 'x', typeOnly: true }]],
  [`import { type A, b } from 'x';`, [{ specifier: 'x', typeOnly: false }]],
  [`export * from 'x';\nexport type { A } from 'y';`, [{ specifier: 'x', typeOnly: false }, { specifier: 'y', typeOnly: true }]],
  [`import 'x';`, [{ specifier: 'x', typeOnly: false }]],
  [`const a = await import('x');`, [{ specifier: 'x', typeOnly: false }]],
  [`type A = typeof import('x');`, [{ specifier: 'x', typeOnly: true }]],
  [`// import a from 'x';\nexport const from = 'y';`, []],
])('reads the imports of %j', (text, imports) => {
  expect(importsOf(text)).toEqual(imports);
});
