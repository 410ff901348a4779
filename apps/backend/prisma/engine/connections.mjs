/**
 * @prisma/adapter-pg, with what migrations need and it doesn't do. Used by the stand-in for Prisma's
 * native engine (../schema-engine.mjs) and by the start of the product (../../src/prisma/migrate.ts).
 */
import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import pg from 'pg';

/** `?schema=x` is Prisma's own: pg doesn't know it, the adapter takes it apart. */
export function parse(url) {
  const parsed = new URL(url);
  const schema = parsed.searchParams.get('schema') ?? undefined;
  parsed.searchParams.delete('schema');
  const database = decodeURIComponent(parsed.pathname.slice(1)) || 'postgres';
  return { connectionString: parsed.href, schema, database, host: parsed.hostname, port: parsed.port || '5432' };
}

function withDatabase(connectionString, database) {
  const parsed = new URL(connectionString);
  parsed.pathname = `/${encodeURIComponent(database)}`;
  return parsed.href;
}

/** Runs one statement on the server's own database: another one cannot be created or dropped from inside. */
async function onServer(url, sql) {
  const client = new pg.Client({ connectionString: withDatabase(parse(url).connectionString, 'postgres') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

export async function createDatabase(url) {
  const { database } = parse(url);
  await onServer(url, `CREATE DATABASE ${pg.escapeIdentifier(database)}`);
  return database;
}

export const dropDatabase = (url) => onServer(url, `DROP DATABASE ${pg.escapeIdentifier(parse(url).database)}`);

const PG_CHAR = 18;
const PG_TEXT = 25;

async function connect(open, { connectionString, schema }, onDispose = async () => {}) {
  // One connection, so that an advisory lock or a SET holds for the whole run.
  const conn = await new PrismaPg({ connectionString, max: 1 }, { schema }).connect();
  const driver = conn.underlyingDriver();

  // The catalogue's "char" columns have no column type in the adapter.
  const performIO = conn.performIO.bind(conn);
  const queryRaw = conn.queryRaw.bind(conn);
  conn.performIO = async (query) => {
    const result = await performIO(query);
    query.chars = result.fields.map((field) => field.dataTypeID === PG_CHAR);
    for (const field of result.fields) if (field.dataTypeID === PG_CHAR) field.dataTypeID = PG_TEXT;
    return result;
  };
  conn.queryRaw = async (query) => {
    const result = await queryRaw(query);
    result.columnTypes = result.columnTypes.map((type, i) => (query.chars[i] ? ColumnTypeEnum.Character : type));
    return result;
  };

  // The adapter splits a script at every `;`, inside strings and $$ bodies too: send it whole.
  conn.executeScript = async (script) => {
    await driver.query(script).catch((error) => conn.onError(error));
  };

  const dispose = conn.dispose.bind(conn);
  let disposed;
  conn.dispose = () => {
    disposed ??= dispose().then(onDispose);
    return disposed;
  };
  open.push(conn);
  return conn;
}

/** `disposeAll` at the end: the engine leaves its connections and shadow databases behind. */
export function adapterFactory(url, shadowDatabaseUrl) {
  const open = [];
  const factory = bindMigrationAwareSqlAdapterFactory({
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => connect(open, parse(url)),
    async connectToShadowDb() {
      if (shadowDatabaseUrl) return connect(open, parse(shadowDatabaseUrl));
      const { connectionString, schema } = parse(url);
      const name = `prisma_migrate_shadow_db_${randomUUID()}`;
      await onServer(url, `CREATE DATABASE ${pg.escapeIdentifier(name)}`);
      return connect(open, { connectionString: withDatabase(connectionString, name), schema }, () =>
        onServer(url, `DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`),
      );
    },
  });
  return { factory, disposeAll: () => Promise.allSettled(open.map((conn) => conn.dispose())) };
}
