import { hash } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
  type CommitImport,
  IMPORT_MAX_BYTES,
  type ImportDetails,
  type ImportList,
  type ImportRowPage,
  type ImportRowsQuery,
} from '@mini-compete/shared/imports';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { z } from 'zod';
import { quotaLeft, takeQuota } from '../../accounts/quotas/daily-quotas.js';
import { ensureVerified } from '../../accounts/verification/ensure-verified.js';
import { LiveSeats } from '../../competitions/seats/live-seats.service.js';
import { type LockedCompetition, lockAsStaff } from '../../competitions/staff/staff-access.js';
import { writeAudit } from '../../platform/audit/audit.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { csvHeadOf, csvRowOf } from '../../platform/csv/csv-writer.js';
import { ensureNoOlderServers } from '../../platform/database/older-servers.js';
import { POOL } from '../../platform/database/pool.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { readBody } from '../../platform/http/read-body.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { IdempotencyService, type IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { decodeCursor, encodeCursor } from '../../platform/pagination/cursor.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { ensureExpiry, ensureTakesInvitations, reserveSeats } from '../invitations/invitation-acts.js';
import { addImport, countToInvite, getImport, listImports, listRows, totalOf } from './imports.repository.js';
import { readPeople } from './read-file.js';

const After = z.strictObject({ row: z.int().min(0) });
const EXPORT_BATCH_SIZE = 1_000;
const EXPIRES_IN_DAYS = 14;

/** Imports of people: a file is checked and stored first, and committed in a second step. */
@Injectable()
export class ImportsService {
  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'requireVerifiedEmail' | 'invitationsPerDay'>,
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly prisma: PrismaService,
    private readonly idempotency: IdempotencyService,
    private readonly outbox: Outbox,
    private readonly live: LiveSeats,
  ) {}

  /** Changes nothing but the list of imports. */
  async check(
    competitionId: string,
    { upload, fileName }: { readonly upload: Readable; readonly fileName: string | null },
    actor: Principal,
    key: string | null,
  ): Promise<IdempotentResponse> {
    const bytes = await readBody(upload, { bytes: IMPORT_MAX_BYTES, detail: { key: 'csvBytes' } });
    const file = await readPeople(bytes);
    const content = { fileName, hash: hash('sha256', bytes) };
    const request = { ...actor, key, fingerprint: fingerprint({ id: competitionId }, content) };
    return this.idempotency.run('IMPORT_CHECK', request, async (tx) => {
      // After the key: a retry gets the stored response, whatever the competition has become.
      await ensureForPersons(tx, competitionId);
      const id = await addImport(tx, { competitionId, actorId: actor.userId, fileName, file });
      return { status: 201, body: await this.detailsIn(tx, competitionId, id) };
    });
  }

  async list(competitionId: string): Promise<ImportList> {
    return { items: await listImports(this.pool, competitionId) };
  }

  get(competitionId: string, importId: string): Promise<ImportDetails> {
    return this.detailsIn(this.prisma, competitionId, importId);
  }

  async rows(
    competitionId: string,
    importId: string,
    { verdict, cursor, limit }: ImportRowsQuery,
  ): Promise<ImportRowPage> {
    const found = await getImport(this.prisma, competitionId, importId);
    const after = decodeCursor(After, cursor)?.row ?? 0;
    const rows = await listRows(this.pool, { importId, verdict, after, limit: limit + 1 });
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const nextCursor = rows.length > limit && last ? encodeCursor({ row: last.row }) : null;
    return { items, nextCursor, total: totalOf(found, verdict) };
  }

  /** The rows as CSV, each with its verdict and what became of it. */
  async report(competitionId: string, importId: string): Promise<AsyncIterable<string>> {
    await getImport(this.prisma, competitionId, importId);
    return this.reportOf(importId);
  }

  /**
   * Reserves a seat for each person in the file who needs one, or for none; a job does the rest. Committing again changes
   * nothing.
   */
  async commit(
    competitionId: string,
    importId: string,
    { notify, expiresAt }: CommitImport,
    actor: Principal,
    key: string | null,
  ): Promise<IdempotentResponse> {
    const request = { ...actor, key, fingerprint: fingerprint({ id: competitionId, importId }, { notify, expiresAt }) };
    const response = await this.idempotency.run('IMPORT_COMMIT', request, async (tx) => {
      const competition = await lockAsStaff(tx, competitionId, actor, 'import');
      const { state } = await getImport(tx, competitionId, importId);
      if (state === 'checked') {
        await ensureNoOlderServers(tx);
        if (this.env.requireVerifiedEmail) await ensureVerified(tx, actor.userId);
        ensureTakesInvitations(competition);
        const until = expiresAt ?? (await defaultExpiry(tx, competition));
        await ensureExpiry(tx, competition, until);
        await this.reserve(tx, competition, { importId, notify, expiresAt: until }, actor);
      }
      return { status: 202, body: await this.detailsIn(tx, competitionId, importId) };
    });
    this.outbox.wake();
    this.live.changed(competitionId);
    return response;
  }

  private async detailsIn(tx: Tx, competitionId: string, importId: string): Promise<ImportDetails> {
    const found = await getImport(tx, competitionId, importId);
    if (found.state !== 'checked') return { ...found, invitations: null };
    const { organizerId } = await tx.competition.findUniqueOrThrow({
      where: { id: competitionId },
      select: { organizerId: true },
    });
    const { resetsInSeconds: _, ...quota } = await quotaLeft(tx, this.quotaOf(organizerId));
    return { ...found, invitations: { count: await countToInvite(tx, importId), quota } };
  }

  private quotaOf(organizerId: string) {
    return { userId: organizerId, quota: 'INVITATIONS', limit: this.env.invitationsPerDay } as const;
  }

  private async reserve(
    tx: Tx,
    competition: LockedCompetition,
    {
      importId,
      notify,
      expiresAt,
    }: { readonly importId: string; readonly notify: boolean; readonly expiresAt: string },
    { userId }: Principal,
  ): Promise<void> {
    const rows = await tx.importRow.findMany({
      where: { importId, verdict: 'NEW', email: { not: '' } },
      orderBy: { row: 'asc' },
      select: { row: true, email: true, name: true },
    });
    const people = {
      emails: rows.map(({ email }) => email),
      names: rows.map(({ name }) => name),
      expiresAt,
      message: null,
      importId,
    };
    const verdicts = rows.length === 0 ? [] : await reserveSeats(tx, competition, people, userId);
    const reserved = verdicts.filter(({ verdict }) => verdict === 'INVITED').length;
    await tx.$executeRaw`
      UPDATE import_rows r
      SET invitation_id = v.invitation_id, outcome = CASE v.verdict WHEN 'INVITED' THEN NULL ELSE 'SKIPPED' END,
          reason = CASE v.verdict
            WHEN 'ALREADY_INVITED' THEN 'INVITED'
            WHEN 'ALREADY_REGISTERED' THEN 'REGISTERED'
            WHEN 'STAFF_CANNOT_REGISTER' THEN 'STAFF'
          END
      FROM unnest(${rows.map(({ row }) => row)}::int[], ${verdicts.map(({ invitationId }) => invitationId)}::uuid[],
                  ${verdicts.map(({ verdict }) => verdict)}::text[]) AS v (row, invitation_id, verdict)
      WHERE r.import_id = ${importId}::uuid AND r.row = v.row`;
    // Without emails nobody is invited yet: sending the invitations counts.
    const count = notify ? await countToInvite(tx, importId) : 0;
    if (count > 0) await takeQuota(tx, { ...this.quotaOf(competition.organizerId), count });
    await tx.$executeRaw`
      UPDATE imports
      SET notify = ${notify}, committed_by_id = ${userId}::uuid, committed_at = now(), reserved = ${reserved},
          finished_at = CASE WHEN ${reserved} = 0 THEN now() END
      WHERE id = ${importId}::uuid`;
    const details = { importId, count: reserved, notify };
    await writeAudit(tx, { actorId: userId, action: 'import.committed', subjectId: competition.id, details });
    if (reserved > 0) await this.outbox.add(tx, 'import', { importId });
  }

  private async *reportOf(importId: string): AsyncIterable<string> {
    yield csvHeadOf(['Row', 'Name', 'E-mail', 'Verdict', 'Reason', 'Result']);
    for (let after: number | null = 0; after !== null; ) {
      const rows = await listRows(this.pool, { importId, verdict: 'all', after, limit: EXPORT_BATCH_SIZE });
      yield rows
        .map(({ row, name, email, verdict, reason, outcome }) => csvRowOf([row, name, email, verdict, reason, outcome]))
        .join('');
      after = rows.length < EXPORT_BATCH_SIZE ? null : (rows.at(-1)?.row ?? null);
    }
  }
}

/** Committing the import of a competition for teams would be refused. */
async function ensureForPersons(tx: Tx, id: string): Promise<void> {
  const { teamMax } = await tx.competition.findUniqueOrThrow({ where: { id }, select: { teamMax: true } });
  if (teamMax !== null) throw new DomainError('NOT_FOR_TEAMS');
}

/** In two weeks, at most at the start. */
async function defaultExpiry(tx: Tx, { id }: LockedCompetition): Promise<string> {
  const [{ at }] = await tx.$queryRaw<[{ at: string }]>`
    SELECT iso_instant(least(now() + make_interval(days => ${EXPIRES_IN_DAYS}), start_date)) AS at
    FROM competitions WHERE id = ${id}::uuid`;
  return at;
}
