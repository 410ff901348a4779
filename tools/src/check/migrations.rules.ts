/** Migrations that landed before these rules. Others may not be like them, but a landed migration is never edited. */
export const LANDED: Record<string, string> = {
  '20261121080000_searching':
    'creates indexes while writes wait, and a trigger that keeps its lock during a long INSERT',
  '20261121090000_words_of_competitions': 'DROP INDEX locks the competitions until a long INSERT has ended',
  '20261126110000_operation_as_text': 'no lock_timeout; the table that it rewrites holds one day',
};

interface Rule {
  readonly pattern: RegExp;
  /** What goes wrong. */
  readonly reason: string;
  readonly instead: string;
  /** A comment `-- marker: <why>` before the statement allows it. */
  readonly marker?: string;
}

const OLD_SERVERS = 'servers of the previous version still use it';
const ALONE = 'CONCURRENTLY, as the only statement of its migration';
const ADD = 'ALTER TABLE \\S+ ADD';
const CONSTRAINT = '(?:CONSTRAINT|PRIMARY KEY|UNIQUE|CHECK|FOREIGN KEY|EXCLUDE|NOT NULL)\\b';
/** After DEFAULT, a call of one of these gives all rows one value, and the table is not rewritten. */
const CONSTANT = 'now|varchar|char|bit|numeric|decimal|timestamp|timestamptz|time';

/** For statements on tables that exist before the migration. On a table that it creates, everything is allowed. */
export const RULES: readonly Rule[] = [
  {
    pattern: /^CREATE (?:UNIQUE )?INDEX (?!CONCURRENTLY\b)/i,
    reason: 'all writes wait until the index is built',
    instead: `CREATE INDEX ${ALONE}`,
  },
  {
    pattern: /^DROP INDEX (?!CONCURRENTLY\b)/i,
    reason: 'all reads and writes wait until the migration ends',
    instead: `DROP INDEX ${ALONE}`,
  },
  {
    pattern: /^REINDEX\b(?!.*\bCONCURRENTLY\b)|^CLUSTER\b|^VACUUM FULL\b|^LOCK\b|^TRUNCATE\b/i,
    reason: 'all reads and writes wait',
    instead: 'nothing that locks a whole table; REINDEX has CONCURRENTLY',
  },
  {
    pattern: new RegExp(
      `^${ADD} (?!${CONSTRAINT}).*(?:\\bDEFAULT\\b.*\\b(?!(?:${CONSTANT})\\()\\w+\\(|\\bGENERATED\\b|SERIAL\\b)`,
      'i',
    ),
    reason: 'a value that differs per row rewrites the table under an exclusive lock',
    instead: 'ADD COLUMN without it, SET DEFAULT for new rows, and fill the old rows in batches',
  },
  {
    pattern: /^ALTER TABLE \S+ ALTER (?:COLUMN )?\S+ (?:SET DATA )?TYPE\b/i,
    reason: 'rewrites the table under an exclusive lock, and old servers may not know the type',
    instead: 'a new column',
    marker: 'rewrites',
  },
  {
    pattern: new RegExp(`^${ADD} ${CONSTRAINT}(?!.*\\b(?:NOT VALID|USING INDEX)\\b)`, 'i'),
    reason: 'reads all rows while writes wait',
    instead: 'NOT VALID, and VALIDATE CONSTRAINT in the next migration; UNIQUE and PRIMARY KEY: USING INDEX',
  },
  {
    pattern: /^ALTER TABLE \S+ ALTER (?:COLUMN )?\S+ SET NOT NULL\b/i,
    reason: 'reads all rows under an exclusive lock',
    instead: 'ADD CONSTRAINT <name> NOT NULL <column> NOT VALID, and VALIDATE CONSTRAINT in the next migration',
  },
  {
    pattern: /^DROP (?:TABLE|FUNCTION|VIEW|TYPE)\b|^ALTER TABLE \S+ DROP (?!CONSTRAINT\b)/i,
    reason: OLD_SERVERS,
    instead: 'wait until the version before this one does not use it',
    marker: 'unused',
  },
  {
    pattern: /^ALTER (?:TABLE|TYPE|FUNCTION|VIEW) .*\bRENAME (?!CONSTRAINT\b)/i,
    reason: OLD_SERVERS,
    instead: 'add the new one, write both, and drop the old one two versions later',
  },
  {
    pattern: /^(?!.*\bLIMIT\b)(?:UPDATE|DELETE|WITH\b.*(?:(?<!FOR |KEY |DO )\bUPDATE|\bDELETE))\b/i,
    reason: 'locks all these rows until the migration ends',
    instead: 'batches with LIMIT: in a job, or in a DO block that commits each and is alone in its migration',
    marker: 'few rows',
  },
];

/** The lock of a statement on an existing table that makes reads or writes wait. The first pattern that matches counts. */
export const LOCKS: readonly { readonly pattern: RegExp; readonly lock: string | undefined }[] = [
  { pattern: /^ALTER TABLE \S+ (?:VALIDATE CONSTRAINT|SET \(|ALTER (?:COLUMN )?\S+ SET STATISTICS)/i, lock: undefined },
  { pattern: /^ALTER TABLE .*\bREFERENCES\b/i, lock: 'SHARE ROW EXCLUSIVE' },
  { pattern: /^CREATE (?:OR REPLACE )?(?:CONSTRAINT )?TRIGGER\b/i, lock: 'SHARE ROW EXCLUSIVE' },
  { pattern: /^(?:CREATE|DROP) .*\bCONCURRENTLY\b/i, lock: undefined },
  { pattern: /^CREATE (?:UNIQUE )?INDEX\b/i, lock: 'SHARE' },
  { pattern: /^(?:ALTER TABLE|DROP (?:TABLE|TRIGGER|INDEX)|TRUNCATE|LOCK)\b/i, lock: 'ACCESS EXCLUSIVE' },
];

/** What takes longer with more rows. */
export const LONG =
  /^INSERT\b.*\bSELECT\b.*\bFROM\b|^(?:UPDATE|DELETE|ANALYZE)\b|^ALTER TABLE \S+ VALIDATE CONSTRAINT\b/i;

/** How long requests may wait behind a statement of a migration: FT-08 lets nobody wait longer. */
export const MAX_LOCK_TIMEOUT_MS = 2_000;

/** Of a whole file, which PostgreSQL runs as one transaction: each lock is held until the end. */
export const FILE_RULES = {
  concurrentlyAlone: {
    reason: 'PostgreSQL refuses CONCURRENTLY beside another statement',
    instead: 'a migration of its own',
  },
  oneLock: {
    reason: 'a second kind of lock: requests wait for the first while this one is waited for',
    instead: 'a migration of its own; CREATE OR REPLACE TRIGGER instead of DROP and CREATE',
  },
  longWhileLocked: {
    reason: 'takes long, and an earlier statement holds a lock until the end',
    instead: 'a migration of its own',
  },
  lockTimeout: {
    reason: 'requests that come after this statement wait with it for the ones before',
    instead: "SET LOCAL lock_timeout = '2s' before it, or less but not 0; the migration is tried again",
  },
} as const;
