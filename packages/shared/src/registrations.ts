import { z } from 'zod';
import { Id, Instant, PageQuery, pageOf, searchText, singleLineText } from './common.js';
import { CompetitionSummary } from './competitions.js';
import { ANSWER_TEXT_MAX, ANSWERS_TOTAL_MAX, OPTION_MAX, OPTIONS_MAX, QUESTIONS_MAX } from './question-limits.js';
import { answerFilter, Question, QuestionId } from './questions.js';
import { ACTIVE, SEATED } from './registration-status.js';
import { EndReason, OwnInvitation, RegistrationStatus } from './seats.js';
import { REMOVALS_MAX } from './undo.js';
import { rule } from './validation-rules.js';

export const IDEMPOTENCY_HEADER = 'Idempotency-Key';
export const REPLAYED_HEADER = 'Idempotent-Replayed';
/** Visible ASCII without space and comma, after one pair of quotes around it has been removed. */
export const IdempotencyKey = z.string().regex(/^[\x21-\x2b\x2d-\x7e]{1,255}$/);

/** As large as any question allows. Whether an answer is valid depends on its question, see `checkAnswers`. */
const AnswerInput = z.union([
  z.string().max(ANSWER_TEXT_MAX.LONG_TEXT),
  z.number(),
  z.boolean(),
  z.array(z.string().max(OPTION_MAX)).max(OPTIONS_MAX),
  z.null(),
]);

/** By the id of the question. Also for forms that still have questions which were deleted meanwhile. */
export const Answers = z
  .record(QuestionId, AnswerInput)
  .refine((answers) => Object.keys(answers).length <= 2 * QUESTIONS_MAX, rule('tooManyAnswers'))
  .refine((answers) => JSON.stringify(answers).length <= ANSWERS_TOTAL_MAX, rule('answersTooLong'))
  .meta({ id: 'Answers' });
export type Answers = z.infer<typeof Answers>;

/** Of `questionsVersion` of the competition. */
const QuestionsVersion = z.int().min(0).max(2_147_483_647);

/**
 * The defaults are applied before the fingerprint is computed: `{}`, `{joinWaitlist: false}` and `{answers: {}}` are the
 * same request.
 */
export const Register = z
  .strictObject({
    joinWaitlist: z.boolean().default(false),
    /** The team that its captain registers, where a competition is for teams. */
    teamId: Id.optional(),
    answers: Answers.optional().transform((answers) =>
      answers === undefined || Object.keys(answers).length === 0 ? undefined : answers,
    ),
    /** Which questions were answered. May be left out where none has to be answered. */
    questionsVersion: QuestionsVersion.optional(),
  })
  .meta({ id: 'Register' });
export type Register = z.infer<typeof Register>;
export type RegisterInput = z.input<typeof Register>;

/** All answers again, those to be kept included. */
export const ChangeAnswers = z
  .strictObject({ answers: Answers, questionsVersion: QuestionsVersion })
  .meta({ id: 'ChangeAnswers' });
export type ChangeAnswers = z.infer<typeof ChangeAnswers>;

/** As it was stored: valid for the questions of its version. */
const Answer = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

const AnswersOfMember = z.object({
  userId: Id,
  name: z.string(),
  questions: z.array(Question),
  answers: z.record(z.string(), Answer),
  consents: z.record(z.string(), z.string()),
});

/** What a member of a team has answered, for the member. */
export const MemberAnswers = z
  .object({
    /** Those that every member answers. */
    questions: z.array(Question),
    /** The version that they were answered for; without answers, the one that is asked. */
    questionsVersion: z.int(),
    answers: z.record(z.string(), Answer),
    consents: z.record(z.string(), z.string()),
    updatedAt: Instant.nullable(),
  })
  .meta({ id: 'MemberAnswers' });
export type MemberAnswers = z.infer<typeof MemberAnswers>;

/** What a person has answered, or a team, for those whose registration it is and for the staff that may read it. */
export const RegistrationAnswers = z
  .object({
    registrationId: Id,
    /** Those that were answered, without the deleted ones. */
    questions: z.array(Question),
    questionsVersion: z.int(),
    answers: z.record(z.string(), Answer),
    /** By the id of the question, the text that the person agreed to. */
    consents: z.record(z.string(), z.string()),
    updatedAt: Instant.nullable(),
    /** Of a team, for the staff: what each member has answered. */
    members: z.array(AnswersOfMember).optional(),
  })
  .meta({ id: 'RegistrationAnswers' });
export type RegistrationAnswers = z.infer<typeof RegistrationAnswers>;

/** How often each option was chosen by people who are active. */
export const AnswerCounts = z
  .object({
    questions: z.array(
      z.object({
        id: z.string(),
        answered: z.int(),
        options: z.array(z.object({ value: z.string(), count: z.int() })),
      }),
    ),
  })
  .meta({ id: 'AnswerCounts' });
export type AnswerCounts = z.infer<typeof AnswerCounts>;

/** Response to registering; `position` only on the waitlist. */
export const Registered = z
  .object({
    registrationId: Id,
    /** Whose registration it is: a person's, or a team's. */
    userId: Id.optional(),
    teamId: Id.optional(),
    competitionId: Id,
    status: z.enum(['PENDING', 'WAITLISTED', 'APPLIED']),
    registeredAt: Instant,
    position: z.int().min(1).optional(),
  })
  .meta({ id: 'Registered' });
export type Registered = z.infer<typeof Registered>;

/** Response to confirming a held seat, also when it was confirmed before. */
export const Confirmed = z.object({ registrationId: Id, status: z.enum(SEATED) }).meta({ id: 'Confirmed' });
export type Confirmed = z.infer<typeof Confirmed>;

export const Left = z.object({ status: z.literal('CANCELLED') }).meta({ id: 'Left' });
export type Left = z.infer<typeof Left>;

/** The signed token in the leave link of a message, which works without signing in. */
export const LeaveByLink = z.strictObject({ token: z.string().min(1).max(500) }).meta({ id: 'LeaveByLink' });
export type LeaveByLink = z.infer<typeof LeaveByLink>;

/** Shown on the page that asks for confirmation before leaving. */
export const LeaveLinkInfo = z
  .object({
    competitionId: Id,
    title: z.string(),
    name: z.string(),
    /** CANCELLED also for who is no member of the team anymore. */
    status: RegistrationStatus,
    /** The name of the team, which goes on without its member. */
    team: z.string().optional(),
  })
  .meta({ id: 'LeaveLinkInfo' });
export type LeaveLinkInfo = z.infer<typeof LeaveLinkInfo>;

/** In the participant's list. `position` is the position on the waitlist. */
export const MyRegistration = z
  .object({
    registrationId: Id,
    status: RegistrationStatus,
    position: z.int().nullable(),
    registeredAt: Instant,
    promotedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    endReason: EndReason.nullable(),
    /** Whether the person has answered questions. */
    hasAnswers: z.boolean(),
    /** Whether the competition asks something now. Servers of the previous release do not send it. */
    asksQuestions: z.boolean().optional(),
    /** HELD: until when it has to be confirmed. */
    heldUntil: Instant.nullable(),
    /** Until when applicants are promised a decision. */
    decisionsBy: Instant.nullable(),
    /** Until when people are promoted from the waitlist. */
    promotesUntil: Instant,
    /** Of a team that the person is a member of, or was then. */
    team: z.object({ id: Id, name: z.string(), isCaptain: z.boolean() }).optional(),
    competition: CompetitionSummary,
  })
  .meta({ id: 'MyRegistration' });
export type MyRegistration = z.infer<typeof MyRegistration>;

export const MyRegistrationsQuery = z.strictObject({
  ...PageQuery.shape,
  status: z.enum(['active', 'ended', 'all']).default('all'),
});
export type MyRegistrationsQuery = z.infer<typeof MyRegistrationsQuery>;
/** In the list of the invited person. */
export const ListedInvitation = z
  .object({ ...OwnInvitation.shape, competition: CompetitionSummary })
  .meta({ id: 'ListedInvitation' });
export type ListedInvitation = z.infer<typeof ListedInvitation>;

/** `invitations` are open, whatever the filter; those that end first come first. The previous release sends none. */
export const MyRegistrationPage = z
  .object({ ...pageOf(MyRegistration).shape, invitations: z.array(ListedInvitation).optional() })
  .meta({ id: 'MyRegistrationPage' });
export type MyRegistrationPage = z.infer<typeof MyRegistrationPage>;

/** When and by which door a person has come in. */
const CheckIn = z.object({ at: Instant, door: z.string() });

/** Of an ended team: the member who left last. */
const TeamOfRegistrant = z.object({
  id: Id,
  name: z.string(),
  captainId: Id,
  /** Longest-serving first. */
  members: z.array(
    z.object({ userId: Id, name: z.string(), email: z.string(), checkIn: CheckIn.nullable().optional() }),
  ),
});

/**
 * In the organizer's list. `position` is the position on the waitlist. Of a team: the name of the team, and the id and the
 * address of its captain.
 */
export const Registrant = z
  .object({
    registrationId: Id,
    userId: Id,
    name: z.string(),
    email: z.string(),
    status: RegistrationStatus,
    position: z.int().nullable(),
    registeredAt: Instant,
    promotedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    endReason: EndReason.nullable(),
    removalReason: z.string().nullable(),
    /** Until when a seat has to be confirmed. Servers of the previous release do not send it. */
    heldUntil: Instant.nullable().optional(),
    /** Only where the competition asks something; null for people who have not answered. */
    answers: z.record(z.string(), Answer).nullable().optional(),
    /** Only where a door has been opened, and of a team for each of its members; null for who has not come in. */
    checkIn: CheckIn.nullable().optional(),
    team: TeamOfRegistrant.optional(),
  })
  .meta({ id: 'Registrant' });
export type Registrant = z.infer<typeof Registrant>;

/** `-` is the other direction. Registrants who registered first have the first seats. */
export const RegistrantSort = z.enum(['registered', '-registered', 'name', '-name', 'email', '-email']);
export type RegistrantSort = z.infer<typeof RegistrantSort>;

/** A list for the door has everybody in it, so its pages are larger than those of other lists. */
const REGISTRANTS_LIMIT_MAX = 1_000;

export const RegistrantsQuery = z.strictObject({
  ...PageQuery.shape,
  limit: z.coerce.number().int().min(1).max(REGISTRANTS_LIMIT_MAX).default(20),
  /** `seated` has a seat for sure; `held` has one to confirm. */
  status: z.enum(['seated', 'held', 'waiting', 'applied', 'ended', 'active', 'all']).default('active'),
  search: searchText(200).optional(),
  ...answerFilter,
  /** People who have come in, or who have not; teams of which somebody has, or has not. */
  checkedIn: z
    .enum(['true', 'false'])
    .transform((checkedIn) => checkedIn === 'true')
    .optional(),
  /** Of pages. A CSV file is in the order of registration. */
  sort: RegistrantSort.default('registered'),
  /** `csv` is for download links, which cannot send `Accept: text/csv`. */
  format: z.enum(['json', 'csv']).optional(),
  /** Of a CSV file: the rows of a competition for teams. */
  per: z.enum(['registration', 'person']).default('registration'),
});
export type RegistrantsQuery = z.infer<typeof RegistrantsQuery>;
export const RegistrantPage = pageOf(Registrant).meta({ id: 'RegistrantPage' });
export type RegistrantPage = z.infer<typeof RegistrantPage>;

/** The message to the removed person contains the reason. */
export const RemoveRegistrant = z.strictObject({ reason: singleLineText(500) }).meta({ id: 'RemoveRegistrant' });
export type RemoveRegistrant = z.infer<typeof RemoveRegistrant>;

/** The others remain registered: an id that is twice in the list counts once. */
export const RemoveSeveral = z
  .strictObject({
    registrationIds: z
      .array(Id)
      .min(1)
      .max(REMOVALS_MAX)
      .transform((ids) => [...new Set(ids)]),
    reason: singleLineText(500),
  })
  .meta({ id: 'RemoveSeveral' });
export type RemoveSeveral = z.infer<typeof RemoveSeveral>;

export const Reinstated = z.object({ registrationId: Id, status: z.enum(ACTIVE) }).meta({ id: 'Reinstated' });
export type Reinstated = z.infer<typeof Reinstated>;
