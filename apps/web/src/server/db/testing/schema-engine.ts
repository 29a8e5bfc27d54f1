// Prisma's own schema engine, without its CLI and without a download: the witness for our migrations and their runner.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum, bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import type { DiagnoseMigrationHistoryOutput, DiffTarget, MigrationDirectory } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { Pool } from 'pg';
import type { QueryResult } from 'pg';

const wasmFile = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm').replace(/\.js$/, '_bg.wasm');
const { instance } = await WebAssembly.instantiate(readFileSync(wasmFile), { './schema_engine_bg.js': { ...glue } });
// The names are wasm-bindgen's; the package's typings leave them out.
const setWasm = Reflect.get(glue, '__wbg_set_wasm') as (exports: WebAssembly.Exports) => void;
setWasm(instance.exports);
const start = instance.exports['__wbindgen_start'] as () => void;
start();
// Where the engine leaves the text of a panic.
Reflect.set(globalThis, 'PRISMA_WASM_PANIC_REGISTRY', { set_message: (message: string) => console.error(message) });

const filters = { externalTables: [], externalEnums: [] };

/** The SQL that would lead from a live database to a schema; says so in a comment when there is nothing to do. */
export async function diffToSchema(databaseUrl: string, schema: string): Promise<string> {
  const files = [{ path: 'schema.prisma', content: schema }];
  const from: DiffTarget = { tag: 'schemaDatasource', files, configDir: '.' };
  return withEngine(databaseUrl, schema, async (engine) => {
    const result = await engine.diff({ from, to: { tag: 'schemaDatamodel', files }, script: true, exitCode: null, filters });
    return (result.stdout ?? '').trim();
  });
}

/** What `prisma migrate status` would find between a folder of migrations and the rows in `_prisma_migrations`. */
export async function migrationStatus(databaseUrl: string, schema: string, folder: string): Promise<DiagnoseMigrationHistoryOutput> {
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const migrationDirectories = names.map((name): MigrationDirectory => {
    const content = { tag: 'ok', value: readFileSync(path.join(folder, name, 'migration.sql'), 'utf8') } as const;
    return { path: name, migrationFile: { path: 'migration.sql', content } };
  });
  const lockfile = { path: 'migration_lock.toml', content: readFileSync(path.join(folder, 'migration_lock.toml'), 'utf8') };
  const migrationsList = { baseDir: folder, lockfile, shadowDbInitScript: '', migrationDirectories };
  return withEngine(databaseUrl, schema, (engine) => (
    engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters })));
}

async function withEngine<T>(databaseUrl: string, schema: string, ask: (engine: glue.SchemaEngine) => Promise<T>): Promise<T> {
  const pool = new Pool({ connectionString: databaseUrl });
  try {
    const factory = bindMigrationAwareSqlAdapterFactory(new CataloguePg(withKnownTypes(pool)));
    return await ask(await glue.SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => undefined, factory));
  } finally {
    await pool.end();
  }
}

// pg_type.dat. The catalogue has columns of the one-byte type "char", which adapter-pg does not know (prisma/orm issue 27403):
// they go through it as uuid, which the catalogue has none of, and come out as characters.
const oid = { char: 18, uuid: 2950 };

class CataloguePg extends PrismaPg {
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      return { ...result, columnTypes: result.columnTypes.map((type) => (type === ColumnTypeEnum.Uuid ? ColumnTypeEnum.Character : type)) };
    };
    return adapter;
  }
}

function withKnownTypes(pool: Pool): Pool {
  const original = pool.query.bind(pool) as (...parameters: unknown[]) => Promise<QueryResult>;
  const query = async (...parameters: unknown[]): Promise<QueryResult> => {
    const result = await original(...parameters);
    for (const field of result.fields) if (field.dataTypeID === oid.char) field.dataTypeID = oid.uuid;
    return result;
  };
  return new Proxy(pool, {
    get: (target, key) => {
      if (key === 'query') return query;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
