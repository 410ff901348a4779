import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { eventually } from '../../../test/support/eventually.js';
import { runJob } from '../../../test/support/jobs.js';
import { NEVER, startWorker } from '../../../test/support/worker.js';
import { runBackupCommand } from './backup-commands.js';
import { restore } from './restore.js';

const METRIC = /^mini_compete_last_backup_timestamp_seconds (\S+)$/m;

describe('scheduled backups', () => {
  const parent = mkdtempSync(join(tmpdir(), 'mini-compete-backups-'));
  const backupFolder = join(parent, 'backups');
  const elsewhere = join(parent, 'elsewhere');
  const backupCopyCommand = `cp '${backupFolder}'/*.gz '${elsewhere}/'`;
  let database: TestDatabase;
  let worker: Awaited<ReturnType<typeof startWorker>>;

  beforeAll(async () => {
    database = await createTestDatabase();
    const backups = { backupSchedule: NEVER, backupFolder, backupKeep: 2, backupCopyCommand };
    worker = await startWorker({ databaseUrl: database.url, cronReminderSchedule: NEVER, ...backups });
    // A worker that has started makes up for the latest slot.
    await eventually(
      () => rows(`SELECT outcome FROM scheduled_runs WHERE name = 'backup' AND finished_at IS NOT NULL`),
      (found) => found.length === 1,
    );
  });
  beforeEach(async () => {
    for (const folder of [backupFolder, elsewhere]) rmSync(folder, { recursive: true, force: true });
    mkdirSync(elsewhere);
    await rows(`DELETE FROM scheduled_runs WHERE name = 'backup'`);
  });
  afterAll(async () => {
    await worker.close();
    await database.drop();
    rmSync(parent, { recursive: true });
  });

  const rows = async (sql: string) => (await database.pool.query<{ outcome: string }>(sql)).rows;
  const files = (folder = backupFolder) => readdirSync(folder).sort();
  const lastBackup = async () => Number(METRIC.exec((await worker.app.inject({ url: '/metrics' })).body)?.[1]);
  const run = async () => {
    const slot = new Date().toISOString();
    await rows(`INSERT INTO scheduled_runs (name, slot) VALUES ('backup', '${slot}')`);
    await runJob(worker.app, 'backup', crypto.randomUUID(), { slot });
  };
  const outcome = async () => (await rows(`SELECT outcome FROM scheduled_runs WHERE name = 'backup'`))[0]?.outcome;

  it('BK-02: write a file that can be restored, and say when the last good one was made', async () => {
    expect(await lastBackup()).toBe(0);
    const before = Date.now() / 1000;
    await run();
    const [name = ''] = files();
    expect(await outcome()).toMatch(new RegExp(`"file":"${name}","rows":\\d+,"tables":\\d+`));
    expect(await lastBackup()).toBeGreaterThan(before - 1);

    const target = await createTestDatabase();
    await target.pool.end(); // a restore refuses a database that others use
    await expect(restore(target.url, { file: join(backupFolder, name) })).resolves.toMatchObject({ rows: {} });
  });

  it('BK-02: keep the latest ones, and files that somebody else has named', async () => {
    mkdirSync(backupFolder);
    const others = ['before-upgrade.gz', 'erased-accounts', 'mini-compete-20260103T000000Z.gz.0abc.part'];
    const old = ['20260101T000000Z', '20260102T000000Z', '20260103T000000Z'].map((time) => `mini-compete-${time}.gz`);
    const abandoned = 'mini-compete-20260102T000000Z.gz.0abc.part';
    for (const name of [...others, ...old, abandoned]) writeFileSync(join(backupFolder, name), '');
    utimesSync(join(backupFolder, abandoned), 0, 0);
    await run();
    const kept = files().filter((name) => !others.includes(name));
    expect(kept).toEqual([old[2], expect.stringMatching(/^mini-compete-\w+\.gz$/)]);
    expect(files()).toEqual(expect.arrayContaining(others));
  });

  it('BK-02: delete no old backup when a new one fails, and count it as a failure', async () => {
    mkdirSync(backupFolder);
    const old = ['20260101T000000Z', '20260102T000000Z', '20260103T000000Z'].map((time) => `mini-compete-${time}.gz`);
    for (const name of old) writeFileSync(join(backupFolder, name), '');
    // In no order could the rows of these two be restored.
    await database.pool.query('CREATE TABLE a (id int PRIMARY KEY)');
    await database.pool.query('CREATE TABLE b (id int PRIMARY KEY REFERENCES a)');
    await database.pool.query('ALTER TABLE a ADD FOREIGN KEY (id) REFERENCES b');
    await expect(run()).rejects.toThrow('circular references');
    await database.pool.query('DROP TABLE a, b CASCADE');
    expect(await outcome()).toMatch(/^failed: .*circular references/);
    expect(files()).toEqual(old);
    expect(await lastBackup()).toBe(0);
  });

  it('BK-04: copy the folder elsewhere', async () => {
    await run();
    expect(await outcome()).toContain('"text":"backupCopied"');
    expect(files(elsewhere)).toEqual(files());
    expect(await lastBackup()).toBeGreaterThan(0);
  });

  it('BK-04: count a failed copy as a failure, attempt it once, and copy with the next backup what is missing', async () => {
    rmSync(elsewhere, { recursive: true });
    await expect(run()).rejects.toMatchObject({ name: 'PermanentFailure' });
    expect(await outcome()).toMatch(/^failed: The backup is in BACKUP_FOLDER only: .* ended with 1\. cp: /);
    expect(await lastBackup()).toBe(0);
    const [made = ''] = files();
    const missing = 'mini-compete-20260101T000000Z.gz'; // the next one may be of the same second
    renameSync(join(backupFolder, made), join(backupFolder, missing));

    mkdirSync(elsewhere);
    const command = { databaseDirectUrl: database.url, backupFolder, backupCopyCommand };
    expect(await runBackupCommand(command, ['backup'])).toMatch(/, and copied BACKUP_FOLDER\.$/);
    expect(files(elsewhere)).toEqual([missing, expect.any(String)]);
  });
});
