import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FILE_RULES, LANDED, LOCKS, LONG, MAX_LOCK_TIMEOUT_MS, RULES } from './migrations.rules.js';
import { actionsOf, type Statement, statementsOf } from './sql-statements.js';

/** Reads every migration that landed after these rules, and returns what would block requests or break old servers. */
export function checkMigrations(folder: string): { files: number; problems: string[] } {
  const entries = readdirSync(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory() && !(entry.name in LANDED)).map(({ name }) => name);
  const problems = names
    .sort()
    .flatMap((name) =>
      checkMigration(readFileSync(join(folder, name, 'migration.sql'), 'utf8')).map(
        ({ line, text }) => `${name}/migration.sql:${line} ${text}`,
      ),
    );
  return { files: names.length, problems };
}

interface Problem {
  readonly line: number;
  readonly text: string;
}

/** A statement, or one action of an ALTER TABLE. */
interface Action extends Statement {
  /** Of a table that exists before this migration; on a new one, nobody waits. */
  readonly lock: string | undefined;
  readonly isOnNewTable: boolean;
}

export function checkMigration(script: string): Problem[] {
  const statements = statementsOf(script);
  const newTables = new Set(statements.map(({ sql }) => CREATED.exec(sql)?.[1]?.toLowerCase()));
  const isNew = (table: string | undefined) => table !== undefined && newTables.has(table.toLowerCase());
  const actions = statements.flatMap((statement) =>
    actionsOf(statement.sql).map((sql): Action => {
      const isOnNewTable = isNew(TABLE.exec(sql)?.[1]);
      return { ...statement, sql, isOnNewTable, lock: lockOf(sql, isOnNewTable, isNew) };
    }),
  );
  return [...actions.flatMap(checkAction), ...checkFile(statements, actions)].sort((a, b) => a.line - b.line);
}

const CREATED = /^CREATE (?:UNLOGGED )?TABLE (?:IF NOT EXISTS )?(?:public\.)?(\w+)/i;
const TABLE = new RegExp(
  '^(?:' +
    '(?:ALTER TABLE|DROP TABLE|LOCK TABLE|LOCK|TRUNCATE TABLE|TRUNCATE|UPDATE|DELETE FROM)(?: IF EXISTS)?' +
    '|CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?(?:IF NOT EXISTS )?(?:\\w+ )?ON' +
    '|(?:CREATE (?:OR REPLACE )?(?:CONSTRAINT )?|DROP )TRIGGER .*? ON' +
    ') (?:ONLY )?(?:public\\.)?(\\w+)',
  'i',
);

function lockOf(sql: string, isOnNewTable: boolean, isNew: (table: string | undefined) => boolean) {
  const referenced = /\bREFERENCES (?:public\.)?(\w+)/i.exec(sql)?.[1];
  if (isOnNewTable || CREATED.test(sql)) {
    return referenced !== undefined && !isNew(referenced) ? 'SHARE ROW EXCLUSIVE' : undefined;
  }
  return LOCKS.find(({ pattern }) => pattern.test(sql))?.lock;
}

function checkAction({ sql, line, comments, isOnNewTable }: Action): Problem[] {
  if (isOnNewTable) return [];
  return RULES.filter(({ pattern, marker }) => pattern.test(sql) && !(marker && isMarked(comments, marker))).map(
    ({ reason, instead, marker }) => {
      const allowed = marker ? `, or the comment "-- ${marker}: <why>" before it` : '';
      return { line, text: `${excerpt(sql)}: ${reason}. Instead: ${instead}${allowed}` };
    },
  );
}

const isMarked = (comments: string, marker: string): boolean => new RegExp(`-- ${marker}: \\S`).test(comments);

function checkFile(statements: readonly Statement[], actions: readonly Action[]): Problem[] {
  const problems: Problem[] = [];
  const report = (at: Statement | undefined, { reason, instead }: (typeof FILE_RULES)[keyof typeof FILE_RULES]) => {
    if (at) problems.push({ line: at.line, text: `${excerpt(at.sql)}: ${reason}. Instead: ${instead}` });
  };
  if (statements.length > 1) report(statements.find(isConcurrent), FILE_RULES.concurrentlyAlone);

  const locking = actions.filter(({ lock }) => lock !== undefined);
  const [first] = locking;
  if (first === undefined) return problems;
  report(
    locking.find(({ lock }) => lock !== first.lock),
    FILE_RULES.oneLock,
  );
  report(
    actions.slice(actions.indexOf(first) + 1).find(({ sql }) => LONG.test(sql)),
    FILE_RULES.longWhileLocked,
  );
  const before = actions.slice(0, actions.indexOf(first));
  const isLimited = before.some(({ sql }) => /^SET LOCAL lock_timeout\b/i.test(sql));
  const settings = actions.filter(({ sql }) => /^(?:SET|RESET)\b.*\block_timeout\b/i.test(sql));
  if (!isLimited || !settings.every(hasShortLockTimeout)) report(first, FILE_RULES.lockTimeout);
  return problems;
}

const SECONDS_OR_MS = /(?:=|\bTO\b) *'? *(\d+(?:\.\d+)?) *(s|ms|)'?$/i;

/** 0, which turns the limit off, is not short. PostgreSQL rounds to milliseconds. */
function hasShortLockTimeout({ sql }: Action): boolean {
  const [, value, unit] = SECONDS_OR_MS.exec(sql) ?? [];
  const ms = Math.round(Number(value) * (unit === 's' ? 1_000 : 1));
  return ms > 0 && ms <= MAX_LOCK_TIMEOUT_MS;
}

const isConcurrent = ({ sql }: Statement): boolean => /^(?:CREATE|DROP|REINDEX)\b.* CONCURRENTLY\b/i.test(sql);

const excerpt = (sql: string): string => (sql.length > 70 ? `${sql.slice(0, 69)}…` : sql);
