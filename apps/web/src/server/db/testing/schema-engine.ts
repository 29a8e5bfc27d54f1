// Prisma's own schema engine, without its CLI and without a download: says what separates two descriptions of a database.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import type { DiffTarget } from '@prisma/schema-engine-wasm/schema_engine_bg';

const wasmFile = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm').replace(/\.js$/, '_bg.wasm');
const { instance } = await WebAssembly.instantiate(readFileSync(wasmFile), { './schema_engine_bg.js': { ...glue } });
// The names are wasm-bindgen's; the package's typings leave them out.
const setWasm = Reflect.get(glue, '__wbg_set_wasm') as (exports: WebAssembly.Exports) => void;
setWasm(instance.exports);
const start = instance.exports['__wbindgen_start'] as () => void;
start();

/** The SQL that leads from one to the other; says so in a comment when nothing does. */
export async function diff(schema: string, from: DiffTarget, to: DiffTarget, databaseUrl: string): Promise<string> {
  const factory = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: databaseUrl }));
  const engine = await glue.SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => undefined, factory);
  const result = await engine.diff({ from, to, script: true, exitCode: null, filters: { externalTables: [], externalEnums: [] } });
  return result.stdout ?? '';
}
