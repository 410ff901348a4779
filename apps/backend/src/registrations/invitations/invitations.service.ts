import { Id } from '@mini-compete/shared/common';
import type {
  InvitationIds,
  InvitationPage,
  InvitationsQuery,
  Invited,
  InvitePeople,
  SentInvitations,
  WithdrawnInvitations,
} from '@mini-compete/shared/invitations';
import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { takeQuota } from '../../accounts/quotas/daily-quotas.js';
import { ensureVerified } from '../../accounts/verification/ensure-verified.js';
import { LiveSeats } from '../../competitions/seats/live-seats.service.js';
import { type LockedCompetition, lockAsStaff } from '../../competitions/staff/staff-access.js';
import { invitationPath } from '../../messaging/templates/invitation-link.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { ensureNoOlderServers } from '../../platform/database/older-servers.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { IdempotencyService, type IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { decodeCursor } from '../../platform/pagination/cursor.js';
import { pageOfRows } from '../../platform/pagination/page.js';
import { Outbox } from '../../platform/queue/outbox.js';
import { ensureExpiry, ensureTakesInvitations, reserveSeats } from './invitation-acts.js';
import { InvitationsRepository } from './invitations.repository.js';
import { sendAgain, withdraw } from './open-invitations.js';

type Operation = 'INVITE' | 'INVITATION_WITHDRAW' | 'INVITATION_SEND';
const After = z.strictObject({ id: Id });

/** The staff's side of invitations. Each change holds the lock of the competition's row. */
@Injectable()
export class InvitationsService {
  constructor(
    @Inject(ENV)
    private readonly env: Pick<Env, 'frontendUrl' | 'jwtSecret' | 'requireVerifiedEmail' | 'invitationsPerDay'>,
    private readonly idempotency: IdempotencyService,
    private readonly invitations: InvitationsRepository,
    private readonly outbox: Outbox,
    private readonly live: LiveSeats,
  ) {}

  async list(competitionId: string, { cursor, limit, ...filter }: InvitationsQuery): Promise<InvitationPage> {
    const after = decodeCursor(After, cursor)?.id ?? null;
    const [rows, total, free] = await Promise.all([
      this.invitations.page(competitionId, filter, after, limit + 1),
      this.invitations.count(competitionId, filter),
      this.invitations.countFree(competitionId),
    ]);
    const { items, ...page } = pageOfRows(rows, limit, total);
    return { items: items.map((row) => ({ ...row, link: this.linkOf(row) })), ...page, free };
  }

  /** All or none. */
  invite(
    id: string,
    { emails, expiresAt, message = '' }: InvitePeople,
    actor: Principal,
    key: string | null,
  ): Promise<IdempotentResponse> {
    const body = { emails, expiresAt, message };
    return this.run('INVITE', id, body, actor, key, async (tx, competition) => {
      await ensureNoOlderServers(tx);
      await this.ensureMayWrite(tx, actor);
      ensureTakesInvitations(competition);
      await ensureExpiry(tx, competition, expiresAt);
      const unique = [...new Set(emails)];
      const people = { names: unique.map(() => null), expiresAt, message: message || null, importId: null };
      const results = await reserveSeats(tx, competition, { emails: unique, ...people }, actor.userId);
      const invited = results.filter(({ verdict }) => verdict === 'INVITED').length;
      await this.take(tx, competition, invited);
      return { items: itemsOf(emails, unique, results) } satisfies Invited;
    });
  }

  /** The seats go to the waitlist in the same commit. */
  withdraw(id: string, body: InvitationIds, actor: Principal, key: string | null): Promise<IdempotentResponse> {
    return this.run('INVITATION_WITHDRAW', id, body, actor, key, async (tx) => {
      const items = await withdraw(tx, id, body.invitationIds, actor.userId);
      return { items } satisfies WithdrawnInvitations;
    });
  }

  send(id: string, body: InvitationIds, actor: Principal, key: string | null): Promise<IdempotentResponse> {
    return this.run('INVITATION_SEND', id, body, actor, key, async (tx, competition) => {
      await this.ensureMayWrite(tx, actor);
      ensureTakesInvitations(competition);
      const items = await sendAgain(tx, id, body.invitationIds);
      await this.take(tx, competition, items.filter(({ result }) => result === 'SENT').length);
      return { items } satisfies SentInvitations;
    });
  }

  private async run(
    operation: Operation,
    id: string,
    body: object,
    actor: Principal,
    key: string | null,
    execute: (tx: Tx, competition: LockedCompetition) => Promise<object>,
  ): Promise<IdempotentResponse> {
    const request = { ...actor, key, fingerprint: fingerprint({ id }, body) };
    const response = await this.idempotency.run(operation, request, async (tx) => {
      const competition = await lockAsStaff(tx, id, actor, 'invite');
      return { status: 200, body: await execute(tx, competition) };
    });
    this.outbox.wake();
    this.live.changed(id);
    return response;
  }

  private async ensureMayWrite(tx: Tx, { userId }: Principal): Promise<void> {
    if (this.env.requireVerifiedEmail) await ensureVerified(tx, userId);
  }

  private async take(tx: Tx, { organizerId }: LockedCompetition, count: number): Promise<void> {
    if (count === 0) return;
    await takeQuota(tx, { userId: organizerId, quota: 'INVITATIONS', count, limit: this.env.invitationsPerDay });
  }

  private linkOf({ id, state }: { readonly id: string; readonly state: string }): string | null {
    return state === 'open' ? this.env.frontendUrl + invitationPath(this.env.jwtSecret, id) : null;
  }
}

type InviteResults = Awaited<ReturnType<typeof reserveSeats>>;

/** An address that is given twice has an open invitation the second time. */
function itemsOf(emails: readonly string[], unique: readonly string[], results: InviteResults): Invited['items'] {
  const seen = new Set<string>();
  const byEmail = new Map(unique.map((email, n) => [email, results[n]]));
  return emails.map((email) => {
    const { verdict, invitationId = null } = byEmail.get(email) ?? {};
    const isRepeated = seen.has(email);
    seen.add(email);
    if (verdict !== 'INVITED') return { id: null, ...(verdict && { code: verdict }) };
    return isRepeated ? { id: invitationId, code: 'ALREADY_INVITED' } : { id: invitationId, result: verdict };
  });
}
