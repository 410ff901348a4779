/** Prisma's schema engine as WebAssembly, connected to PostgreSQL. ./schema-engine.mjs explains why. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

/** What the engine reports when it panics; the error that it then throws is only "unreachable". */
let panic;
export const lastPanic = () => panic;
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message(message) {
    panic = message;
  },
};

/** Loaded once per process: a second instance would take over the memory of the first one. */
let module;
async function load() {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const bindings = await import(pathToFileURL(join(folder, 'schema_engine_bg.js')).href);
  const wasm = readFileSync(join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return bindings;
}

/**
 * `datamodels`: [path, text] of each schema file, not needed to apply migrations. `options`: those of pg for connections.
 * Call `close` at the end: the engine leaves its connections open and its shadow databases behind.
 */
export async function openEngine(url, datamodels, options) {
  module ??= load();
  const open = [];
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(open, url, options),
    async connectToShadowDb() {
      const name = `prisma_migrate_shadow_db_${randomUUID()}`;
      await runOnServer(url, `CREATE DATABASE ${pg.escapeIdentifier(name)}`);
      const drop = () => runOnServer(url, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
      return connect(open, withDatabase(url, name), options, drop);
    },
  });
  const close = () => Promise.allSettled(open.map((connection) => connection.dispose()));
  try {
    return { engine: await (await module).SchemaEngine.new({ datamodels }, () => {}, factory), close };
  } catch (error) {
    await close();
    throw error;
  }
}

const PG_CHAR = 18;
const PG_TEXT = 25;

/** Connects with @prisma/adapter-pg, extended by what migrations need. */
async function connect(open, url, options, afterDispose = async () => {}) {
  // One connection, so that an advisory lock or a SET holds for the whole run.
  const connection = await new PrismaPg({ connectionString: url, max: 1, ...options }).connect();

  // The adapter rejects columns of type "char", which the system catalogs have.
  const performIO = connection.performIO.bind(connection);
  const queryRaw = connection.queryRaw.bind(connection);
  connection.performIO = async (query) => {
    const result = await performIO(query);
    query.charColumns = result.fields.map((field) => field.dataTypeID === PG_CHAR);
    for (const field of result.fields) if (field.dataTypeID === PG_CHAR) field.dataTypeID = PG_TEXT;
    return result;
  };
  connection.queryRaw = async (query) => {
    const result = await queryRaw(query);
    result.columnTypes = result.columnTypes.map((type, i) => (query.charColumns[i] ? ColumnTypeEnum.Character : type));
    return result;
  };

  // The adapter splits a script at every `;`, also inside strings and $$ bodies.
  connection.executeScript = async (script) => {
    await connection
      .underlyingDriver()
      .query(script)
      .catch((error) => connection.onError(error));
  };

  const dispose = connection.dispose.bind(connection);
  let disposed;
  connection.dispose = () => {
    disposed ??= dispose().then(afterDispose);
    return disposed;
  };
  open.push(connection);
  return connection;
}

export const databaseOf = (url) => decodeURIComponent(new URL(url).pathname.slice(1)) || 'postgres';

export const createDatabase = (url) => runOnServer(url, `CREATE DATABASE ${pg.escapeIdentifier(databaseOf(url))}`);

function withDatabase(url, database) {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(database)}`;
  return other.href;
}

/** In the database `postgres`: a database cannot be created or dropped from inside. */
async function runOnServer(url, sql) {
  const client = new pg.Client({ connectionString: withDatabase(url, 'postgres') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
