import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { aCompetition, people, registerMany } from '../../../test/support/factories.js';
import { rows } from '../../../test/support/queries.js';
import { backup } from './backup.js';
import { runBackupCommand } from './backup-commands.js';

describe('verifying a backup', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mini-compete-verify-'));
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await registerMany(await people(20), await aCompetition({ capacity: 30 }));
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  const verify = (file: string) => {
    const settings = { databaseDirectUrl: database.url, backupFolder: null, backupCopyCommand: null };
    return runBackupCommand(settings, ['verify', file]);
  };
  const leftBehind = () => rows(`SELECT datname FROM pg_database WHERE datname LIKE 'mini_compete_verify_%'`);

  it('BK-01: restores it into a database of its own, where the counts agree and all invariants hold', async () => {
    const file = join(folder, 'good.gz');
    const { rows: saved } = await backup(database.url, file);
    expect(saved.registrations).toBe(20);
    expect(await verify(file)).toMatch(/^This backup can be restored: \d+ rows in \d+ tables as of .*invariants hold/);
    expect(await leftBehind()).toEqual([]);
  });

  it('BK-01: names the invariant that the saved data breaks, and the row', async () => {
    const [broken] = await rows<{ id: string }>('UPDATE competitions SET seats_left = seats_left + 1 RETURNING id');
    const file = join(folder, 'broken.gz');
    await backup(database.url, file);
    await rows('UPDATE competitions SET seats_left = seats_left - 1');
    await expect(verify(file)).rejects.toThrow(new RegExp(`breaks invariants:\nI\\d+ .*${broken?.id}`));
    expect(await leftBehind()).toEqual([]);
  });
});
