import { may, type StaffRole } from '@mini-compete/shared/permissions';
import type {
  ChangeStaff,
  InviteStaff,
  RemovedStaff,
  Staff,
  StaffInvitation,
  StaffMember,
} from '@mini-compete/shared/staff';
import { Inject, Injectable } from '@nestjs/common';
import { ensureVerified } from '../../accounts/verification/ensure-verified.js';
import { staffInvitationPath } from '../../messaging/templates/staff-invitation-link.js';
import { writeAudit } from '../../platform/audit/audit.js';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { ensureNoOlderServers } from '../../platform/database/older-servers.js';
import { PrismaService, type Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { IdempotencyService, type IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { Outbox } from '../../platform/queue/outbox.js';
import {
  countOtherOwners,
  findMember,
  hasMemberWithEmail,
  type InvitationRow,
  listMembers,
  listOpenInvitations,
  passOnOrganizer,
  upsertInvitation,
  withdrawInvitations,
} from './staff.repository.js';
import { ensureRoleMay, lockAsStaff } from './staff-access.js';
import { StaffRoles } from './staff-roles.js';

/** Members and open invitations together: the list has no pages. */
const MAX_STAFF = 100;

/** Changes of the staff of a competition. Each holds the lock of the competition's row. */
@Injectable()
export class StaffService {
  constructor(
    @Inject(ENV) private readonly env: Pick<Env, 'frontendUrl' | 'jwtSecret' | 'requireVerifiedEmail'>,
    private readonly prisma: PrismaService,
    private readonly idempotency: IdempotencyService,
    private readonly roles: StaffRoles,
    private readonly outbox: Outbox,
  ) {}

  async list(id: string, { userId }: Principal): Promise<Staff> {
    const [members, invitations, role] = await Promise.all([
      listMembers(this.prisma, id),
      listOpenInvitations(this.prisma, id),
      this.roles.find(userId, id),
    ]);
    const withLink = may(role, 'manageStaff');
    return { members, invitations: invitations.map((invitation) => this.toInvitation(invitation, withLink)) };
  }

  /** Inviting an address again renews its invitation and sends it once more. */
  invite(id: string, body: InviteStaff, actor: Principal, key: string | null): Promise<IdempotentResponse> {
    return this.run('STAFF_INVITE', { id }, body, actor, key, async (tx) => {
      await lockAsStaff(tx, id, actor, 'manageStaff');
      await ensureNoOlderServers(tx);
      if (this.env.requireVerifiedEmail) await ensureVerified(tx, actor.userId);
      if (await hasMemberWithEmail(tx, id, body.email)) throw new DomainError('ALREADY_STAFF');
      const invitation = await upsertInvitation(tx, id, body, actor.userId);
      await ensureStaffFits(tx, id);
      await this.outbox.add(tx, 'staff-invited', { invitationId: invitation.id, at: invitation.invitedAt });
      // The history joins names by id: with an account's id, it would disclose whether the invited address has one.
      const details = { invitationId: invitation.id, role: body.role };
      await writeAudit(tx, { actorId: actor.userId, action: 'staff.invited', subjectId: id, details });
      return { status: 201, body: this.toInvitation(invitation, true) };
    });
  }

  withdraw(id: string, invitationId: string, actor: Principal, key: string | null): Promise<IdempotentResponse> {
    return this.run('STAFF_WITHDRAW', { id, invitationId }, {}, actor, key, async (tx) => {
      await lockAsStaff(tx, id, actor, 'manageStaff');
      const withdrawn = await withdrawInvitations(tx, id, { id: invitationId });
      if (withdrawn.length === 0) throw new DomainError('STAFF_INVITATION_NOT_FOUND');
      await auditWithdrawals(tx, id, withdrawn, actor);
      return { status: 200, body: { id: invitationId } satisfies RemovedStaff };
    });
  }

  changeRole(
    id: string,
    staffId: string,
    { role }: ChangeStaff,
    actor: Principal,
    key: string | null,
  ): Promise<IdempotentResponse> {
    return this.run('STAFF_CHANGE', { id, staffId }, { role }, actor, key, async (tx) => {
      await lockAsStaff(tx, id, actor, 'manageStaff');
      const member = await findMember(tx, id, { id: staffId });
      if (member === null) throw new DomainError('STAFF_NOT_FOUND');
      if (member.role === role) return { status: 200, body: member };
      await ensureOwnerRemains(tx, id, member, role);
      await tx.competitionStaff.update({ where: { id: staffId }, data: { role } });
      await passOnOrganizer(tx, [id]);
      if (!may(role, 'manageStaff')) await this.withdrawSentBy(tx, id, member.userId, actor);
      const at = await this.record(tx, 'staff.role-changed', id, member, actor, { before: member.role, after: role });
      await this.outbox.add(tx, 'staff-role-changed', { competitionId: id, userId: member.userId, at });
      return { status: 200, body: { ...member, role } satisfies StaffMember };
    });
  }

  /** Removes a member, or leaves the staff, which everybody may (`staffId` may be `me`). */
  remove(id: string, staffId: string, actor: Principal, key: string | null): Promise<IdempotentResponse> {
    return this.run('STAFF_REMOVE', { id, staffId }, {}, actor, key, async (tx) => {
      const { staffRole } = await lockAsStaff(tx, id, actor, 'see');
      const member = await findMember(tx, id, staffId === 'me' ? { userId: actor.userId } : { id: staffId });
      const leaves = member?.userId === actor.userId;
      if (!leaves) ensureRoleMay(staffRole, 'manageStaff');
      if (member === null) throw new DomainError('STAFF_NOT_FOUND');
      await ensureOwnerRemains(tx, id, member, null);
      await tx.competitionStaff.delete({ where: { id: member.id } });
      await passOnOrganizer(tx, [id]);
      const action = leaves ? 'staff.left' : 'staff.removed';
      const at = await this.record(tx, action, id, member, actor, { role: member.role });
      if (!leaves) {
        await this.withdrawSentBy(tx, id, member.userId, actor);
        await this.outbox.add(tx, 'staff-removed', { competitionId: id, userId: member.userId, at });
      }
      return { status: 200, body: { id: member.id } satisfies RemovedStaff };
    });
  }

  private async run(
    operation: 'STAFF_INVITE' | 'STAFF_WITHDRAW' | 'STAFF_CHANGE' | 'STAFF_REMOVE',
    params: Record<string, string>,
    body: object,
    actor: Principal,
    key: string | null,
    execute: (tx: Tx) => Promise<{ status: number; body: unknown }>,
  ): Promise<IdempotentResponse> {
    const request = { ...actor, key, fingerprint: fingerprint(params, body) };
    const response = await this.idempotency.run(operation, request, execute);
    this.outbox.wake();
    return response;
  }

  /** Otherwise a person who loses the right to invite could come back as another account. */
  private async withdrawSentBy(tx: Tx, id: string, invitedById: string, actor: Principal): Promise<void> {
    await auditWithdrawals(tx, id, await withdrawInvitations(tx, id, { invitedById }), actor);
  }

  /** Returns the time of the change by the clock of the database. */
  private async record(
    tx: Tx,
    action: 'staff.role-changed' | 'staff.removed' | 'staff.left',
    id: string,
    { userId }: StaffMember,
    actor: Principal,
    details: object,
  ): Promise<string> {
    await writeAudit(tx, { actorId: actor.userId, action, subjectId: id, details: { userId, ...details } });
    const [{ at }] = await tx.$queryRaw<[{ at: string }]>`SELECT iso_instant(clock_timestamp()) AS at`;
    return at;
  }

  private toInvitation(invitation: InvitationRow, withLink: boolean): StaffInvitation {
    const link = this.env.frontendUrl + staffInvitationPath(this.env.jwtSecret, invitation.id);
    return { ...invitation, link: withLink ? link : null };
  }
}

async function ensureOwnerRemains(tx: Tx, id: string, member: StaffMember, role: StaffRole | null): Promise<void> {
  if (member.role !== 'OWNER' || role === 'OWNER') return;
  if ((await countOtherOwners(tx, id, member.userId)) === 0) throw new DomainError('LAST_OWNER');
}

async function ensureStaffFits(tx: Tx, id: string): Promise<void> {
  const [members, invitations] = [await listMembers(tx, id), await listOpenInvitations(tx, id)];
  if (members.length + invitations.length > MAX_STAFF) throw new DomainError('STAFF_LIMIT_REACHED');
}

async function auditWithdrawals(tx: Tx, id: string, invitationIds: readonly string[], actor: Principal): Promise<void> {
  for (const invitationId of invitationIds)
    await writeAudit(tx, {
      actorId: actor.userId,
      action: 'staff.withdrawn',
      subjectId: id,
      details: { invitationId },
    });
}
