import { z } from 'zod';
import { Email } from './auth.js';
import { Id, Instant } from './common.js';
import { STAFF_ROLES } from './permissions.js';

export const StaffRole = z.enum(STAFF_ROLES).meta({ id: 'StaffRole' });

export const StaffMember = z
  .object({ id: Id, userId: Id, name: z.string(), email: z.string(), role: StaffRole, since: Instant })
  .meta({ id: 'StaffMember' });
export type StaffMember = z.infer<typeof StaffMember>;

export const StaffInvitation = z
  .object({
    id: Id,
    email: z.string(),
    role: StaffRole,
    /** Null when the account of the person who invited no longer exists. */
    invitedBy: z.string().nullable(),
    invitedAt: Instant,
    expiresAt: Instant,
    /** The page on which the invited person accepts. Null for staff who may not invite. */
    link: z.url().nullable(),
  })
  .meta({ id: 'StaffInvitation' });
export type StaffInvitation = z.infer<typeof StaffInvitation>;

/** Owners first. `invitations` are the open ones. */
export const Staff = z
  .object({ members: z.array(StaffMember), invitations: z.array(StaffInvitation) })
  .meta({ id: 'Staff' });
export type Staff = z.infer<typeof Staff>;

export const InviteStaff = z.strictObject({ email: Email, role: StaffRole }).meta({ id: 'InviteStaff' });
export type InviteStaff = z.infer<typeof InviteStaff>;

export const ChangeStaff = z.strictObject({ role: StaffRole }).meta({ id: 'ChangeStaff' });
export type ChangeStaff = z.infer<typeof ChangeStaff>;

/** Of a member. `me` is the membership of the signed-in person: only owners and managers see ids. */
export const StaffId = z.union([z.literal('me'), Id]);

export const RemovedStaff = z.object({ id: Id }).meta({ id: 'RemovedStaff' });
export type RemovedStaff = z.infer<typeof RemovedStaff>;

export const StaffInvitationToken = z.string().min(1).max(100);

/** An open invitation as the invited person sees it. */
export const ReceivedStaffInvitation = z
  .object({
    competitionId: Id,
    title: z.string(),
    role: StaffRole,
    invitedBy: z.string().nullable(),
    expiresAt: Instant,
    /** Why the person cannot accept at the moment. */
    obstacle: z.enum(['EMAIL_NOT_VERIFIED', 'REGISTERED_HERE']).nullable(),
  })
  .meta({ id: 'ReceivedStaffInvitation' });
export type ReceivedStaffInvitation = z.infer<typeof ReceivedStaffInvitation>;

export const AcceptedStaffInvitation = z
  .object({ competitionId: Id, role: StaffRole })
  .meta({ id: 'AcceptedStaffInvitation' });
export type AcceptedStaffInvitation = z.infer<typeof AcceptedStaffInvitation>;
