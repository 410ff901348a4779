import { basename } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { POOL } from '../../platform/database/pool.js';
import { messageOf, PermanentFailure } from '../../platform/queue/errors.js';
import { type JobHandlers, scheduled } from '../../platform/queue/handler.js';
import type { RunOutcome } from '../../platform/queue/run-outcome.js';
import { Clock } from '../../platform/time/clock.js';
import { BackupFolder } from './backup-folder.js';
import { copyElsewhere } from './copy-elsewhere.js';

/** A run that is killed leaves no backup, and is started again; two runs at once write two files. */
@Injectable()
export class BackupJobs implements JobHandlers {
  readonly handlers;

  constructor(
    @Inject(POOL) pool: pg.Pool,
    @Inject(ENV)
    private readonly env: Pick<Env, 'databaseDirectUrl' | 'backupFolder' | 'backupKeep' | 'backupCopyCommand'>,
    private readonly clock: Clock,
  ) {
    this.handlers = [scheduled(pool, 'backup', () => this.save())];
  }

  private async save(): Promise<RunOutcome> {
    const { databaseDirectUrl, backupFolder, backupKeep, backupCopyCommand } = this.env;
    if (backupFolder === null)
      throw new Error('This worker has no BACKUP_FOLDER, unlike the one that scheduled the run.');
    const folder = new BackupFolder(backupFolder);
    const saved = await folder.save(databaseDirectUrl, this.clock.now());
    // Only after the new one is complete: a failing backup must not use up the old ones.
    await folder.prune(backupKeep, this.clock.now());
    const counts = Object.values(saved.rows);
    const rows = counts.reduce((a, b) => a + b, 0);
    const values = { file: basename(saved.file), rows, tables: counts.length };
    if (backupCopyCommand === null) return { text: 'backup', values };
    await copyElsewhere(backupCopyCommand).catch((error: unknown) => {
      // An attempt would make one more backup, and that would delete an old one. The next run copies this one too.
      throw new PermanentFailure(messageOf(error));
    });
    return { text: 'backupCopied', values };
  }
}
