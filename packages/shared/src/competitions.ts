import { z } from 'zod';
import { TimeZone } from './auth.js';
import { Id, Instant, InstantInput, multiLineText, PageQuery, pageOf, searchText, singleLineText } from './common.js';
import { Cover } from './covers.js';
import { Question, Questions } from './questions.js';
import {
  AdmissionMode,
  CompetitionStatus,
  EndedRegistration,
  MyActiveRegistration,
  OwnInvitation,
  SeatUnit,
  TeamSize,
} from './seats.js';
import { StaffRole } from './staff.js';
import { rule, type ValidationRule } from './validation-rules.js';
import { VISIBILITIES } from './visibility.js';

export const CAPACITY_MAX = 1_000_000;
export const DESCRIPTION_MAX = 20_000;
export const CONFIRM_WITHIN_HOURS_MAX = 720;

const TAG = /^[\p{L}\p{N}]+(-[\p{L}\p{N}]+)*$/u;
/** A word in lower case: letters, digits and hyphens. */
export const Tag = z
  .string()
  .trim()
  .toLowerCase()
  .min(1, { abort: true })
  .max(30)
  .refine((tag) => TAG.test(tag), rule('tag'))
  .meta({ pattern: TAG.source });

const Tags = z
  .array(Tag)
  .max(10)
  .transform((tags) => [...new Set(tags)]);

const Capacity = z.int().min(1).max(CAPACITY_MAX);

/** A draft is seen by its staff only; an unlisted competition by people who know its address. */
export const Visibility = z.enum(VISIBILITIES).meta({ id: 'Visibility' });

const fields = {
  title: singleLineText(140, 3),
  description: multiLineText(DESCRIPTION_MAX),
  tags: Tags,
  capacity: Capacity,
  regOpensAt: InstantInput.nullable(),
  regDeadline: InstantInput,
  startDate: InstantInput.nullable(),
  endDate: InstantInput.nullable(),
  location: singleLineText(200).nullable(),
  waitlist: z.boolean(),
  visibility: Visibility,
  admissionMode: AdmissionMode,
  /** Until when applicants are promised a decision. */
  decisionsBy: InstantInput.nullable(),
  /** How long people who are accepted or promoted have to confirm; null: they need not. */
  confirmWithinHours: z.int().min(1).max(CONFIRM_WITHIN_HOURS_MAX).nullable(),
  /** Until when people are promoted from the waitlist; null: until the default, see `promotesUntil`. */
  promoteUntil: InstantInput.nullable(),
  /** The size of teams; null: the competition is for persons. */
  teamMin: TeamSize.nullable(),
  teamMax: TeamSize.nullable(),
  seatUnit: SeatUnit,
  /** When nobody joins a team any more, and teams below the minimum end; null: when promotion ends. */
  teamsLockAt: InstantInput.nullable(),
  /** All of them, in the order in which they are asked. One that is left out is deleted. */
  questions: Questions,
};

interface DateError {
  readonly path: 'regDeadline' | 'startDate' | 'endDate' | 'promoteUntil' | 'teamsLockAt';
  readonly rule: ValidationRule;
}

/** Checks the order of the dates that are set, and that those which the other settings need are set. */
export function dateErrors(dates: {
  regOpensAt?: string | null | undefined;
  regDeadline?: string | null | undefined;
  startDate?: string | null | undefined;
  endDate?: string | null | undefined;
  promoteUntil?: string | null | undefined;
  admissionMode?: AdmissionMode | undefined;
  confirmWithinHours?: number | null | undefined;
  teamMax?: number | null | undefined;
  teamsLockAt?: string | null | undefined;
}): DateError[] {
  const errors: DateError[] = [];
  const after = (later?: string | null, earlier?: string | null) =>
    !later || !earlier || Date.parse(later) > Date.parse(earlier);
  if (!after(dates.regDeadline, dates.regOpensAt)) errors.push({ path: 'regDeadline', rule: 'deadlineAfterOpening' });
  if (dates.startDate && dates.regDeadline && Date.parse(dates.startDate) < Date.parse(dates.regDeadline))
    errors.push({ path: 'startDate', rule: 'startAfterDeadline' });
  if ((dates.admissionMode === 'APPROVAL' || dates.confirmWithinHours || dates.teamMax) && !dates.startDate)
    errors.push({ path: 'startDate', rule: 'startNeeded' });
  if (dates.promoteUntil && dates.regDeadline && Date.parse(dates.promoteUntil) < Date.parse(dates.regDeadline))
    errors.push({ path: 'promoteUntil', rule: 'promotionAfterDeadline' });
  if (dates.teamsLockAt && dates.startDate && Date.parse(dates.teamsLockAt) > Date.parse(dates.startDate))
    errors.push({ path: 'teamsLockAt', rule: 'lockBeforeStart' });
  if (dates.endDate && !dates.startDate) errors.push({ path: 'endDate', rule: 'endNeedsStart' });
  else if (!after(dates.endDate, dates.startDate)) errors.push({ path: 'endDate', rule: 'endAfterStart' });
  return errors;
}

interface TeamSettings {
  readonly teamMin: number | null;
  readonly teamMax: number | null;
  readonly seatUnit: SeatUnit;
  readonly capacity: number;
}

interface TeamError {
  readonly path: 'teamMin' | 'teamMax' | 'capacity';
  readonly rule: ValidationRule;
}

/** A competition is for persons, or says both sizes; and the largest team fits. */
export function teamErrors({ teamMin, teamMax, seatUnit, capacity }: TeamSettings): TeamError[] {
  if (teamMin === null && teamMax === null) return [];
  if (teamMax === null) return [{ path: 'teamMax', rule: 'teamSizesTogether' }];
  if (teamMin === null) return [{ path: 'teamMin', rule: 'teamSizesTogether' }];
  if (teamMin > teamMax) return [{ path: 'teamMax', rule: 'boundsInOrder' }];
  return seatUnit === 'PERSON' && capacity < teamMax ? [{ path: 'capacity', rule: 'capacityFitsTeam' }] : [];
}

export const CreateCompetition = z
  .strictObject({
    title: fields.title,
    description: fields.description,
    tags: fields.tags.default([]),
    capacity: fields.capacity,
    regOpensAt: fields.regOpensAt.default(null),
    regDeadline: fields.regDeadline,
    startDate: fields.startDate.default(null),
    endDate: fields.endDate.default(null),
    location: fields.location.default(null),
    waitlist: fields.waitlist.default(true),
    visibility: fields.visibility.default('PUBLIC'),
    admissionMode: fields.admissionMode.default('FIRST_COME'),
    decisionsBy: fields.decisionsBy.default(null),
    confirmWithinHours: fields.confirmWithinHours.default(null),
    promoteUntil: fields.promoteUntil.default(null),
    teamMin: fields.teamMin.default(null),
    teamMax: fields.teamMax.default(null),
    seatUnit: fields.seatUnit.default('PERSON'),
    teamsLockAt: fields.teamsLockAt.default(null),
    questions: fields.questions.default([]),
  })
  .superRefine((competition, context) => {
    for (const error of [...dateErrors(competition), ...teamErrors(competition)])
      context.addIssue({ code: 'custom', path: [error.path], ...rule(error.rule) });
  })
  .meta({ id: 'CreateCompetition' });
export type CreateCompetition = z.infer<typeof CreateCompetition>;
export type CreateCompetitionInput = z.input<typeof CreateCompetition>;

/** The service checks the order of the dates, because the dates that an edit does not change are in the database. */
export const UpdateCompetition = z
  .strictObject(fields)
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, rule('nothingToChange'))
  .meta({ id: 'UpdateCompetition' });
export type UpdateCompetition = z.infer<typeof UpdateCompetition>;

export const PreviewDescription = z
  .strictObject({ description: fields.description })
  .meta({ id: 'PreviewDescription' });
export type PreviewDescription = z.infer<typeof PreviewDescription>;
export const DescriptionPreview = z.object({ descriptionHtml: z.string() }).meta({ id: 'DescriptionPreview' });
export type DescriptionPreview = z.infer<typeof DescriptionPreview>;

export const Organizer = z.object({ id: Id, name: z.string() }).meta({ id: 'Organizer' });

const summary = {
  id: Id,
  title: z.string(),
  tags: z.array(z.string()),
  capacity: z.int(),
  seatsLeft: z.int(),
  waiting: z.int(),
  /** Seats that open invitations reserve. They are not in `seatsLeft`. */
  reserved: z.int(),
  status: CompetitionStatus,
  regOpensAt: Instant.nullable(),
  regDeadline: Instant,
  startDate: Instant.nullable(),
  endDate: Instant.nullable(),
  location: z.string().nullable(),
  waitlist: z.boolean(),
  visibility: Visibility,
  admissionMode: AdmissionMode,
  /** The size of teams; null, and not sent by servers of the previous release: the competition is for persons. */
  teamMin: TeamSize.nullable().optional(),
  teamMax: TeamSize.nullable().optional(),
  seatUnit: SeatUnit.optional(),
  organizer: Organizer,
  cover: Cover.nullable(),
  createdAt: Instant,
};

/** A competition in a list. */
export const CompetitionSummary = z.object(summary).meta({ id: 'CompetitionSummary' });
export type CompetitionSummary = z.infer<typeof CompetitionSummary>;

export const Competition = z
  .object({
    ...summary,
    /** Markdown. */
    description: z.string(),
    /** The description as HTML that is safe to insert into a page. */
    descriptionHtml: z.string(),
    version: z.int(),
    updatedAt: Instant,
    cancelledAt: Instant.nullable(),
    decisionsBy: Instant.nullable(),
    confirmWithinHours: z.int().nullable(),
    promoteUntil: Instant.nullable(),
    /** Until when people are promoted from the waitlist, also if the organizer has not said it. */
    promotesUntil: Instant,
    /** As the organizer has set it. */
    teamsLockAt: Instant.nullable().optional(),
    /** When teams become fixed, also if the organizer has not said it; null for persons. */
    teamsLock: Instant.nullable().optional(),
    /** Only of competitions that ask something. Answers are sent with this version. */
    questionsVersion: z.int().optional(),
    questions: z.array(Question).optional(),
    /** The database's clock at the time of the read. Countdowns run by it, since the reader's clock may be wrong. */
    serverTime: Instant,
    /** The active registration of the signed-in participant, or null. */
    registration: MyActiveRegistration.nullable(),
    /** Without an active one. Servers of the previous release do not send it. */
    endedRegistration: EndedRegistration.nullable().optional(),
    /** Of the signed-in participant, who has no seat yet. Servers of the previous release do not send it. */
    invitation: OwnInvitation.nullable().optional(),
    /** The role of the signed-in person on the staff, or null. */
    staffRole: StaffRole.nullable(),
  })
  .meta({ id: 'Competition' });
export type Competition = z.infer<typeof Competition>;

export const CompetitionSort = z.enum(['deadline', 'start', 'newest', 'popular']);
export type CompetitionSort = z.infer<typeof CompetitionSort>;
export const StatusFilter = z.enum(['upcoming', 'open', 'full', 'closed', 'all']);
export type StatusFilter = z.infer<typeof StatusFilter>;

export const CompetitionsQuery = z.strictObject({
  ...PageQuery.shape,
  search: searchText(200).optional(),
  tags: z
    .string()
    .max(400)
    .transform((tags) =>
      tags
        .split(',')
        .map((tag) => tag.trim().toLowerCase())
        .filter(Boolean),
    )
    .pipe(z.array(searchText(30)).max(10))
    .optional(),
  status: StatusFilter.default('all'),
  sort: CompetitionSort.default('deadline'),
});
export type CompetitionsQuery = z.infer<typeof CompetitionsQuery>;

export const CompetitionPage = pageOf(CompetitionSummary).meta({ id: 'CompetitionPage' });
export type CompetitionPage = z.infer<typeof CompetitionPage>;

/** Of the reader, for counts per day. */
const zone = TimeZone.default('UTC');

export const MyCompetitionsQuery = z.strictObject({ ...PageQuery.shape, zone, visibility: Visibility.optional() });
export type MyCompetitionsQuery = z.infer<typeof MyCompetitionsQuery>;

/**
 * In the list of who works on it. `recent` counts the registrations of each of the last 14 days of the requested time
 * zone. It and `ended` are null for staff without the permission `readRegistrants`.
 */
export const MyCompetition = z
  .object({
    ...summary,
    version: z.int(),
    seated: z.int(),
    ended: z.int().nullable(),
    recent: z.array(z.int()).nullable(),
    staffRole: StaffRole,
  })
  .meta({ id: 'MyCompetition' });
export type MyCompetition = z.infer<typeof MyCompetition>;
export const MyCompetitionPage = pageOf(MyCompetition).meta({ id: 'MyCompetitionPage' });
export type MyCompetitionPage = z.infer<typeof MyCompetitionPage>;

export const CompetitionStatsQuery = z.strictObject({ zone });
export type CompetitionStatsQuery = z.infer<typeof CompetitionStatsQuery>;

export const CompetitionStats = z
  .object({
    capacity: z.int(),
    /** Seats that are confirmed, or need no confirmation. */
    seated: z.int(),
    waiting: z.int(),
    left: z.int(),
    removed: z.int(),
    /** For any reason, also because the competition was canceled or the account was deleted. */
    ended: z.int(),
    promoted: z.int(),
    /** Seats to confirm, undecided applications, and how many ended by a rejection or an expired hold. Servers of the
     * previous release do not send them. */
    held: z.int().optional(),
    applied: z.int().optional(),
    rejected: z.int().optional(),
    expired: z.int().optional(),
    /** Registrations, whatever seats they take: of teams, each team is one. Servers of the previous release do not send them. */
    registrations: z
      .object({ seated: z.int(), held: z.int(), waiting: z.int(), applied: z.int(), ended: z.int() })
      .optional(),
    fill: z.number(),
    /** Registrations that began and ended per hour or day of the requested time zone, oldest first. */
    step: z.enum(['hour', 'day']),
    timeline: z.array(z.object({ at: Instant, registered: z.int(), ended: z.int() })),
  })
  .meta({ id: 'CompetitionStats' });
export type CompetitionStats = z.infer<typeof CompetitionStats>;

export const CancelledCompetition = z
  .object({ id: Id, status: z.literal('cancelled'), cancelledAt: Instant })
  .meta({ id: 'CancelledCompetition' });
export type CancelledCompetition = z.infer<typeof CancelledCompetition>;
