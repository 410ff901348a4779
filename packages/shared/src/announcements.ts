import { z } from 'zod';
import {
  AUDIENCE_STATUSES,
  AUDIENCE_TEAMS_MAX,
  BODY_MAX,
  PLACEHOLDERS,
  type Placeholder,
  SUBJECT_MAX,
  SUBJECT_PLACEHOLDERS,
  unknownPlaceholders,
} from './announcement-texts.js';
import { TimeZone } from './auth.js';
import { DailyQuota, Id, Instant, Language, multiLineText, PageQuery, pageOf, singleLineText } from './common.js';
import { Delivery } from './mailbox.js';
import { OPTION_MAX, OPTIONS_MAX, QUESTIONS_MAX } from './question-limits.js';
import { QuestionId } from './questions.js';
import { rule } from './validation-rules.js';

const hasOnly = (known: readonly Placeholder[]) => (text: string) => unknownPlaceholders(text, known).length === 0;

const Subject = singleLineText(SUBJECT_MAX).refine(hasOnly(SUBJECT_PLACEHOLDERS), rule('placeholder'));
const Body = multiLineText(BODY_MAX)
  .refine((text) => text.trim() !== '', rule('emptyText'))
  .refine(hasOnly(PLACEHOLDERS), rule('placeholder'));

export const AudienceStatus = z.enum(AUDIENCE_STATUSES).meta({ id: 'AudienceStatus' });

const Statuses = z
  .array(AudienceStatus)
  .min(1)
  .max(AUDIENCE_STATUSES.length)
  .overwrite((statuses) => [...new Set(statuses)]);

/** People who have chosen one of the answers to the question: the text of an option, `true` or `false`. */
const AnswerFilter = z.strictObject({
  question: QuestionId,
  anyOf: z
    .array(singleLineText(OPTION_MAX))
    .min(1)
    .max(OPTIONS_MAX)
    .overwrite((answers) => [...new Set(answers)]),
});
export type AnswerFilter = z.infer<typeof AnswerFilter>;

const AnswerFilters = z
  .array(AnswerFilter)
  .min(1)
  .max(QUESTIONS_MAX)
  .refine((filters) => new Set(filters.map(({ question }) => question)).size === filters.length, rule('questionsOnce'));

/** True: people who have come in. False: those who have not, whether they may or not. */
const CheckedIn = z.boolean();

const Teams = z
  .array(Id)
  .min(1)
  .max(AUDIENCE_TEAMS_MAX)
  .overwrite((teams) => [...new Set(teams)]);

/**
 * Everyone with an active registration is chosen as such. A filter that is empty is refused: it could mean everyone or nobody.
 * People match who have one of the statuses, one of the answers to each of the questions, are in one of the teams, and have
 * come in or not.
 */
export const Audience = z.union([
  z.strictObject({ everyone: z.literal(true) }),
  z.strictObject({
    statuses: Statuses,
    answers: AnswerFilters.optional(),
    teams: Teams.optional(),
    checkedIn: CheckedIn.optional(),
  }),
]);
export type Audience = z.infer<typeof Audience>;

const fields = {
  subject: Subject,
  /** Markdown. */
  body: Body,
  audience: Audience,
  /** Whether the page of the competition shows it too, once it is sent. */
  onPage: z.boolean(),
};

export const CreateAnnouncement = z
  .strictObject({ ...fields, onPage: fields.onPage.default(true) })
  .meta({ id: 'CreateAnnouncement' });
export type CreateAnnouncement = z.infer<typeof CreateAnnouncement>;

export const UpdateAnnouncement = z
  .strictObject(fields)
  .partial()
  .refine((changes) => Object.keys(changes).length > 0, rule('nothingToChange'))
  .meta({ id: 'UpdateAnnouncement' });
export type UpdateAnnouncement = z.infer<typeof UpdateAnnouncement>;

/**
 * PENDING: it can be undone. SENDING: the recipients are frozen, and their messages are being written. SENT: all
 * messages are in the mailboxes; mails may still be under way.
 */
export const AnnouncementState = z
  .enum(['DRAFT', 'PENDING', 'SENDING', 'SENT', 'STOPPED'])
  .meta({ id: 'AnnouncementState' });
export type AnnouncementState = z.infer<typeof AnnouncementState>;

/** How many messages have each delivery status. */
export const DeliveryCounts = z.record(Delivery, z.int().min(0)).meta({ id: 'DeliveryCounts' });
export type DeliveryCounts = z.infer<typeof DeliveryCounts>;

const Progress = z
  .object({
    recipients: z.int().min(0),
    /** Messages that are in mailboxes. */
    written: z.int().min(0),
    /** In the preview, but no longer in the audience when it was sent. */
    skipped: z.int().min(0),
    /** In the audience when it was sent, but not in the preview. */
    notIncluded: z.int().min(0),
  })
  .meta({ id: 'AnnouncementProgress' });

const summary = {
  id: Id,
  state: AnnouncementState,
  subject: z.string(),
  audience: Audience,
  onPage: z.boolean(),
  version: z.int(),
  /** Null after their account was deleted. */
  author: z.string().nullable(),
  createdAt: Instant,
  updatedAt: Instant,
  /** When the recipients were frozen. */
  sentAt: Instant.nullable(),
  stoppedAt: Instant.nullable(),
  /** Null until the recipients are frozen. */
  progress: Progress.nullable(),
};

export const AnnouncementSummary = z.object(summary).meta({ id: 'AnnouncementSummary' });
export type AnnouncementSummary = z.infer<typeof AnnouncementSummary>;

export const AnnouncementsQuery = z.strictObject(PageQuery.shape);
export type AnnouncementsQuery = z.infer<typeof AnnouncementsQuery>;
export const AnnouncementPage = pageOf(AnnouncementSummary).meta({ id: 'AnnouncementPage' });
export type AnnouncementPage = z.infer<typeof AnnouncementPage>;

export const Announcement = z
  .object({
    ...summary,
    body: z.string(),
    /** The body as HTML, with its placeholders. */
    html: z.string(),
    /** Null until the recipients are frozen. */
    deliveries: DeliveryCounts.nullable(),
    /** Whether stopping would keep anything from going out. */
    canStop: z.boolean(),
    /** Those of the audience, without teams that have ended. */
    teams: z.array(z.object({ id: Id, name: z.string() })),
  })
  .meta({ id: 'Announcement' });
export type Announcement = z.infer<typeof Announcement>;

/** Response to creating, editing and stopping. */
export const AnnouncementChanged = z
  .object({ id: Id, version: z.int(), state: AnnouncementState })
  .meta({ id: 'AnnouncementChanged' });
export type AnnouncementChanged = z.infer<typeof AnnouncementChanged>;

/** Why somebody in the audience gets no announcement. */
export const LeftOutReason = z
  .enum(['UNSUBSCRIBED', 'ADDRESS_BOUNCED', 'ACCOUNT_DISABLED', 'ACCOUNT_DELETED'])
  .meta({ id: 'LeftOutReason' });
export type LeftOutReason = z.infer<typeof LeftOutReason>;

const Rendered = { subject: z.string(), html: z.string() };

export const AnnouncementPreview = z
  .object({
    /** For sending. */
    id: Id,
    /** Of the draft. */
    version: z.int(),
    recipients: z.int().min(0),
    /** Up to three, as these people would get it. */
    samples: z.array(z.object({ name: z.string(), language: Language, ...Rendered })),
    leftOut: z.array(
      z.object({
        reason: LeftOutReason,
        count: z.int().min(1),
        /** The first few. */
        names: z.array(z.string()),
      }),
    ),
    /** How many more recipients the organizer may announce to today. */
    quota: DailyQuota,
  })
  .meta({ id: 'AnnouncementPreview' });
export type AnnouncementPreview = z.infer<typeof AnnouncementPreview>;

export const SendAnnouncement = z.strictObject({ previewId: Id }).meta({ id: 'SendAnnouncement' });
export type SendAnnouncement = z.infer<typeof SendAnnouncement>;

/** The message to oneself arrives soon. */
export const TestSent = z.object({ email: z.string() }).meta({ id: 'TestSent' });
export type TestSent = z.infer<typeof TestSent>;

export const RecipientsQuery = z.strictObject({ ...PageQuery.shape, delivery: Delivery.optional() });
export type RecipientsQuery = z.infer<typeof RecipientsQuery>;

export const AnnouncementRecipient = z
  .object({
    registrationId: Id,
    /** Null after their account was deleted. */
    name: z.string().nullable(),
    /** Null: not in the mailbox yet, or stopped before. */
    delivery: Delivery.nullable(),
    /** The mail server has refused the address for good. */
    isBounced: z.boolean(),
  })
  .meta({ id: 'AnnouncementRecipient' });
export type AnnouncementRecipient = z.infer<typeof AnnouncementRecipient>;
export const RecipientPage = pageOf(AnnouncementRecipient).meta({ id: 'RecipientPage' });
export type RecipientPage = z.infer<typeof RecipientPage>;

/** The language of what takes the place of a name; language and time zone of dates. */
export const PublishedQuery = z.strictObject({ language: Language.default('en'), zone: TimeZone.optional() });
export type PublishedQuery = z.infer<typeof PublishedQuery>;

/** On the page of the competition, for everyone who can see that. */
export const PublishedAnnouncement = z
  .object({ id: Id, ...Rendered, sentAt: Instant })
  .meta({ id: 'PublishedAnnouncement' });
export type PublishedAnnouncement = z.infer<typeof PublishedAnnouncement>;
/** Newest first, the latest ones only. */
export const PublishedAnnouncements = z
  .object({ items: z.array(PublishedAnnouncement) })
  .meta({ id: 'PublishedAnnouncements' });
export type PublishedAnnouncements = z.infer<typeof PublishedAnnouncements>;

/** The signed token in the links of a mail, which work without signing in. */
export const SubscriptionToken = z.strictObject({ token: z.string().min(1).max(500) });
export type SubscriptionToken = z.infer<typeof SubscriptionToken>;

/** Whether the person gets announcements about the competition. */
export const Subscription = z
  .object({ competitionId: Id, title: z.string(), isSubscribed: z.boolean() })
  .meta({ id: 'Subscription' });
export type Subscription = z.infer<typeof Subscription>;
