import { z } from 'zod';
import { Id, Instant, PageQuery, pageOf, searchText, singleLineText } from './common.js';
import { ACTIVE } from './registration-status.js';
import { Answers, Register } from './registrations.js';
import { CODE_ALPHABET, CODE_LENGTH, INELIGIBLE_REASONS, TEAM_NAME_MAX } from './team-rules.js';
import { rule } from './validation-rules.js';

const TeamName = singleLineText(TEAM_NAME_MAX, 2);

/** The answers to the questions that every member answers, see `Register`. */
const answers = { answers: Register.shape.answers, questionsVersion: Register.shape.questionsVersion };

const CODE = new RegExp(`^[${CODE_ALPHABET}]{${CODE_LENGTH}}$`);
/** However it is typed: in any case, with hyphens or spaces. */
export const JoinCode = z
  .string()
  .max(40)
  .transform((code) => code.toUpperCase().replace(/[\s-]/g, ''))
  .refine((code) => CODE.test(code), rule('joinCode'));

export const CreateTeam = z.strictObject({ name: TeamName, ...answers }).meta({ id: 'CreateTeam' });
export type CreateTeam = z.infer<typeof CreateTeam>;

export const RenameTeam = z.strictObject({ name: TeamName }).meta({ id: 'RenameTeam' });
export type RenameTeam = z.infer<typeof RenameTeam>;

export const FindTeam = z.strictObject({ code: JoinCode }).meta({ id: 'FindTeam' });
export type FindTeam = z.infer<typeof FindTeam>;

export const JoinTeam = z.strictObject({ code: JoinCode, ...answers }).meta({ id: 'JoinTeam' });
export type JoinTeam = z.infer<typeof JoinTeam>;

export const PassCaptaincy = z.strictObject({ userId: Id }).meta({ id: 'PassCaptaincy' });
export type PassCaptaincy = z.infer<typeof PassCaptaincy>;

export const AnswerAsMember = z
  .strictObject({ answers: Answers, questionsVersion: Register.shape.questionsVersion.unwrap() })
  .meta({ id: 'AnswerAsMember' });
export type AnswerAsMember = z.infer<typeof AnswerAsMember>;

export const IneligibleReason = z.enum(INELIGIBLE_REASONS).meta({ id: 'IneligibleReason' });

const TeamRegistration = z.object({
  registrationId: Id,
  status: z.enum(ACTIVE),
  seats: z.int(),
  registeredAt: Instant,
  /** Only on the waitlist. */
  position: z.int().optional(),
  heldUntil: Instant.nullable(),
  /** Whether somebody of the team has come in: it does not end any more because it is too small. */
  hasCome: z.boolean(),
});

/** A team as its members see it. */
export const Team = z
  .object({
    id: Id,
    competitionId: Id,
    name: z.string(),
    /** Anybody who has it can join. */
    joinCode: z.string(),
    captainId: Id,
    members: z.array(
      z.object({
        userId: Id,
        name: z.string(),
        joinedAt: Instant,
        /** Why the team cannot be registered with this member; null: nothing. */
        ineligible: IneligibleReason.nullable(),
      }),
    ),
    /** When nobody can join any more, and teams below the minimum end. */
    locksAt: Instant,
    registration: TeamRegistration.nullable(),
  })
  .meta({ id: 'Team' });
export type Team = z.infer<typeof Team>;

/** A team as somebody sees it who has its code. */
export const TeamPreview = z
  .object({
    id: Id,
    name: z.string(),
    members: z.int(),
    isFull: z.boolean(),
    isLocked: z.boolean(),
    /** Whether the reader is a member of it already. */
    isMember: z.boolean(),
    /** Whether the reader is a member of another team of the competition, and so cannot join this one. */
    isInOtherTeam: z.boolean(),
    competition: z.object({ id: Id, title: z.string(), teamMax: z.int() }),
  })
  .meta({ id: 'TeamPreview' });
export type TeamPreview = z.infer<typeof TeamPreview>;

export const LeftTeam = z.object({ status: z.literal('LEFT') }).meta({ id: 'LeftTeam' });

export const TeamsQuery = z.strictObject({ ...PageQuery.shape, search: searchText(200).optional() });
export type TeamsQuery = z.infer<typeof TeamsQuery>;

/** A team as the staff sees it. */
export const ListedTeam = z
  .object({
    id: Id,
    name: z.string(),
    captainId: Id,
    createdAt: Instant,
    members: z.array(z.object({ userId: Id, name: z.string(), email: z.string(), joinedAt: Instant })),
    registration: TeamRegistration.nullable(),
  })
  .meta({ id: 'ListedTeam' });
export const TeamPage = pageOf(ListedTeam).meta({ id: 'TeamPage' });
export type TeamPage = z.infer<typeof TeamPage>;
