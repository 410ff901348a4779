/** Prisma's schema engine as WebAssembly: the official build, same commit as the CLI, nothing to download. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const wasmDir = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));

/** What the engine said when it gave up; its own error is "unreachable" then. */
let panic;
export const lastPanic = () => panic;
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message(message) {
    panic = message;
  },
};

export function engineVersion() {
  const { version } = JSON.parse(readFileSync(join(wasmDir, 'package.json'), 'utf8'));
  return version.split('.').pop();
}

/** Loaded once: the glue knows a single instance, and a second would pull the memory from under the first. */
let glue;
async function load() {
  const loaded = await import(pathToFileURL(join(wasmDir, 'schema_engine_bg.js')).href);
  const bytes = readFileSync(join(wasmDir, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': loaded });
  loaded.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return loaded;
}

/** `datamodels`: [path, text] of each schema file; none are needed to apply migrations. */
export async function startEngine(factory, { datamodels, debug = () => {} } = {}) {
  glue ??= load();
  return (await glue).SchemaEngine.new({ datamodels }, debug, factory);
}
