import { basename } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { POOL } from '../../platform/database/pool.js';
import { messageOf, PermanentFailure } from '../../platform/queue/errors.js';
import { type JobHandlers, scheduled } from '../../platform/queue/handler.js';
import { Clock } from '../../platform/time/clock.js';
import { BackupFolder } from './backup-folder.js';
import { copyElsewhere } from './copy-elsewhere.js';
import { countRows } from './count-rows.js';

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

  private async save(): Promise<string> {
    const { databaseDirectUrl, backupFolder, backupKeep, backupCopyCommand } = this.env;
    if (backupFolder === null)
      throw new Error('This worker has no BACKUP_FOLDER, unlike the one that scheduled the run.');
    const folder = new BackupFolder(backupFolder);
    const saved = await folder.save(databaseDirectUrl, this.clock.now());
    // Only after the new one is complete: a failing backup must not use up the old ones.
    await folder.prune(backupKeep, this.clock.now());
    const made = `${basename(saved.file)}: ${countRows(saved)}`;
    if (backupCopyCommand === null) return made;
    await copyElsewhere(backupCopyCommand).catch((error: unknown) => {
      // An attempt would make one more backup, and that would delete an old one. The next run copies this one too.
      throw new PermanentFailure(messageOf(error));
    });
    return `${made}, copied`;
  }
}
