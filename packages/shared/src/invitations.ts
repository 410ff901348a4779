import { z } from 'zod';
import { Email } from './auth.js';
import { Id, Instant, InstantInput, multiLineText, PageQuery, pageOf, searchText } from './common.js';
import { ACTIVE } from './registration-status.js';
import { Register } from './registrations.js';

/** Addresses or invitations of one request. */
export const INVITATIONS_MAX = 256;
export const INVITATION_MESSAGE_MAX = 1_000;

export const InvitePeople = z
  .strictObject({
    emails: z.array(Email).min(1).max(INVITATIONS_MAX),
    /** Until when the seats are reserved; at most until the start of the competition. */
    expiresAt: InstantInput,
    /** What the organizer writes to them. */
    message: multiLineText(INVITATION_MESSAGE_MAX).trim().optional(),
  })
  .meta({ id: 'InvitePeople' });
export type InvitePeople = z.infer<typeof InvitePeople>;

/** In the order of the addresses. `code` says why an address needs no invitation. */
export const Invited = z
  .object({
    items: z.array(
      z.object({
        id: Id.nullable(),
        result: z.literal('INVITED').optional(),
        code: z.enum(['ALREADY_INVITED', 'ALREADY_REGISTERED', 'STAFF_CANNOT_REGISTER']).optional(),
      }),
    ),
  })
  .meta({ id: 'Invited' });
export type Invited = z.infer<typeof Invited>;

export const InvitationIds = z
  .strictObject({ invitationIds: z.array(Id).min(1).max(INVITATIONS_MAX) })
  .meta({ id: 'InvitationIds' });
export type InvitationIds = z.infer<typeof InvitationIds>;

const CLOSED = [
  'INVITATION_NOT_FOUND',
  'INVITATION_USED',
  'INVITATION_WITHDRAWN',
  'INVITATION_EXPIRED',
  'COMPETITION_CANCELLED',
] as const;

/** In the order of the ids. */
export const WithdrawnInvitations = z
  .object({
    items: z.array(z.object({ id: Id, result: z.literal('WITHDRAWN').optional(), code: z.enum(CLOSED).optional() })),
  })
  .meta({ id: 'WithdrawnInvitations' });
export type WithdrawnInvitations = z.infer<typeof WithdrawnInvitations>;

/** In the order of the ids. TOO_MANY_REQUESTS: it was sent less than a minute ago. */
export const SentInvitations = z
  .object({
    items: z.array(
      z.object({
        id: Id,
        result: z.literal('SENT').optional(),
        code: z.enum([...CLOSED, 'TOO_MANY_REQUESTS']).optional(),
      }),
    ),
  })
  .meta({ id: 'SentInvitations' });
export type SentInvitations = z.infer<typeof SentInvitations>;

export const InvitationState = z
  .enum(['open', 'redeemed', 'withdrawn', 'expired', 'cancelled'])
  .meta({ id: 'InvitationState' });
export type InvitationState = z.infer<typeof InvitationState>;

/** As the staff sees it. */
export const Invitation = z
  .object({
    id: Id,
    /** Empty when the account with this address was erased. */
    email: z.string(),
    /** From an import. */
    name: z.string().nullable(),
    state: InvitationState,
    invitedBy: z.string().nullable(),
    createdAt: Instant,
    /** Null: it has never been sent. */
    sentAt: Instant.nullable(),
    expiresAt: Instant,
    endedAt: Instant.nullable(),
    /** The page on which the invited person accepts. Null unless it is open. */
    link: z.url().nullable(),
  })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof Invitation>;

export const InvitationsQuery = z.strictObject({
  ...PageQuery.shape,
  state: z.enum(['all', ...InvitationState.options]).default('all'),
  search: searchText(200).optional(),
});
export type InvitationsQuery = z.infer<typeof InvitationsQuery>;

/** Newest first. `free` is how many seats can be reserved: none while people are waiting who may still be promoted. */
export const InvitationPage = z
  .object({ ...pageOf(Invitation).shape, free: z.int().min(0) })
  .meta({ id: 'InvitationPage' });
export type InvitationPage = z.infer<typeof InvitationPage>;

export const InvitationToken = z.string().min(1).max(100);

/** An open invitation as the invited person sees it. */
export const ReceivedInvitation = z
  .object({
    competitionId: Id,
    title: z.string(),
    startDate: Instant.nullable(),
    location: z.string().nullable(),
    invitedBy: z.string().nullable(),
    message: z.string().nullable(),
    expiresAt: Instant,
    /** Whether questions have to be answered. */
    requiresAnswers: z.boolean(),
    /** `WAITLISTED`: accepting also leaves the waitlist. */
    registrationStatus: z.enum(ACTIVE).nullable(),
    /** Why the person cannot accept at the moment. NOT_A_PARTICIPANT: accounts of organizers register for nothing. */
    obstacle: z.enum(['EMAIL_NOT_VERIFIED', 'NOT_A_PARTICIPANT']).nullable(),
  })
  .meta({ id: 'ReceivedInvitation' });
export type ReceivedInvitation = z.infer<typeof ReceivedInvitation>;

/** Answers as in `Register`. */
export const Redeem = Register.omit({ joinWaitlist: true }).meta({ id: 'Redeem' });
export type Redeem = z.infer<typeof Redeem>;

export const Redeemed = z
  .object({ competitionId: Id, registrationId: Id, status: z.literal('PENDING') })
  .meta({ id: 'Redeemed' });
export type Redeemed = z.infer<typeof Redeemed>;
