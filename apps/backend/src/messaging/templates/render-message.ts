import { type Translator, translatorFor } from '@mini-compete/messages/translator';
import type { MessageKind } from '@mini-compete/shared/mailbox';
import type { StaffRole } from '@mini-compete/shared/permissions';
import { formatTime, isolate, type Reader } from './reader.js';

/** What messages say about a competition. */
export interface CompetitionDetails {
  readonly title: string;
  readonly startDate: Date | null;
  readonly endDate: Date | null;
  readonly location: string | null;
}

/**
 * How a person came by what the message is about. REINSTATEMENT: the staff has reinstated the person, who may have got a
 * message about the end before. HOLD: the person has confirmed the hold. IMPORT: the staff has registered the person.
 */
export type Origin = 'REGISTRATION' | 'APPLICATION' | 'INVITATION' | 'IMPORT' | 'WAITLIST' | 'REINSTATEMENT' | 'HOLD';

interface SeatDetails extends CompetitionDetails {
  readonly by: Origin;
}

/** What the text of each kind of message is rendered from. */
interface MessageParams {
  readonly CONFIRMED: SeatDetails;
  readonly PROMOTED: CompetitionDetails;
  readonly WAITING: SeatDetails & { readonly mustConfirm: boolean };
  readonly APPLIED: SeatDetails & { readonly decisionsBy: Date | null };
  readonly DECISIONS_LATE: CompetitionDetails;
  readonly REJECTED: CompetitionDetails & { readonly reason: string | null };
  readonly HELD: SeatDetails & { readonly heldUntil: Date };
  readonly HOLD_ENDING: CompetitionDetails & { readonly heldUntil: Date };
  readonly EXPIRED: CompetitionDetails & { readonly heldUntil: Date; readonly byApplying: boolean };
  readonly NOT_PROMOTED: CompetitionDetails;
  readonly LEFT: CompetitionDetails & { readonly isApplication: boolean };
  readonly REMOVED: CompetitionDetails & { readonly reason: string | null };
  readonly COMPETITION_CHANGED: CompetitionDetails & { readonly what: readonly ('date' | 'place')[] };
  readonly COMPETITION_CANCELLED: CompetitionDetails;
  readonly REMINDER: CompetitionDetails;
  readonly STAFF_INVITED: CompetitionDetails & {
    readonly role: StaffRole;
    readonly inviter: string | null;
    readonly email: string;
    readonly expiresAt: Date;
  };
  readonly INVITED: CompetitionDetails & {
    readonly inviter: string | null;
    readonly email: string;
    readonly message: string | null;
    readonly expiresAt: Date;
  };
  readonly INVITATION_WITHDRAWN: CompetitionDetails & { readonly isCancelled: boolean };
  readonly STAFF_JOINED: CompetitionDetails & { readonly role: StaffRole; readonly name: string };
  readonly STAFF_REMOVED: CompetitionDetails;
  readonly STAFF_ROLE_CHANGED: CompetitionDetails & { readonly role: StaffRole };
  readonly NEW_SIGN_IN: { readonly device: string; readonly address: string; readonly at: Date };
  /** The new address. */
  readonly ADDRESS_CHANGED: { readonly email: string };
  readonly EXPORT_READY: object;
  /** What the staff wrote, filled in for the recipient. A test to oneself is marked as such. */
  readonly ANNOUNCEMENT: {
    readonly subject: string;
    readonly text: string;
    readonly html: string;
    readonly isTest: boolean;
  };
}

/** A message as data: the same for all its recipients, whatever they read. */
export type MessageContent = {
  readonly [Kind in MessageKind]: { readonly kind: Kind; readonly params: MessageParams[Kind] };
}[MessageKind];

/** Title and text of a mailbox message, which its mail repeats. Empty lines separate the paragraphs. */
export interface RenderedMessage {
  readonly title: string;
  readonly text: string;
  /** The text with its formats, if it has any. */
  readonly html: string | null;
}

/** The title, and the paragraphs that are not null. */
type Template<Kind extends MessageKind> = (
  params: MessageParams[Kind],
  writer: Writer,
) => readonly [string, ...(string | null)[]];

const TEMPLATES: { readonly [Kind in MessageKind]: Template<Kind> } = {
  CONFIRMED: (details, { t, about, whenAndWhere }) => [
    t('confirmed.title', about(details)),
    details.by === 'REINSTATEMENT' ? t('reinstated', about(details)) : null,
    t('confirmed.text', { ...about(details), by: details.by }),
    whenAndWhere(details),
    t('confirmed.note'),
  ],
  PROMOTED: (details, { t, about, whenAndWhere }) => [
    t('promoted.title', about(details)),
    t('promoted.text', about(details)),
    whenAndWhere(details),
    t('promoted.note'),
  ],
  WAITING: (details, { t, about, whenAndWhere }) => [
    t('waiting.title', about(details)),
    details.by === 'REINSTATEMENT' ? t('reinstated', about(details)) : null,
    t(details.mustConfirm ? 'waiting.textToConfirm' : 'waiting.text', { ...about(details), by: details.by }),
    whenAndWhere(details),
    t('waiting.note'),
  ],
  APPLIED: (details, { t, about, time, whenAndWhere }) => [
    t('applied.title', about(details)),
    t(details.by === 'REINSTATEMENT' ? 'applied.reinstated' : 'applied.text', about(details)),
    details.decisionsBy && t('applied.by', { when: time(details.decisionsBy) }),
    whenAndWhere(details),
    t('applied.note'),
  ],
  DECISIONS_LATE: (details, { t, about }) => [
    t('decisionsLate.title', about(details)),
    t('decisionsLate.text', about(details)),
    t('decisionsLate.note'),
  ],
  REJECTED: (details, { t, about, detail }) => [
    t('rejected.title', about(details)),
    t('rejected.text', about(details)),
    details.reason && detail('reason', details.reason),
  ],
  HELD: (details, { t, about, time, whenAndWhere }) => [
    t('held.title', about(details)),
    details.by === 'REINSTATEMENT' ? t('reinstated', about(details)) : null,
    t('held.text', { ...about(details), by: details.by, when: time(details.heldUntil) }),
    t('held.note'),
    whenAndWhere(details),
  ],
  HOLD_ENDING: (details, { t, about, time, whenAndWhere }) => [
    t('holdEnding.title', about(details)),
    t('holdEnding.text', { ...about(details), when: time(details.heldUntil) }),
    t('holdEnding.note'),
    whenAndWhere(details),
  ],
  EXPIRED: (details, { t, about, time }) => [
    t('expired.title', about(details)),
    t('expired.text', { ...about(details), when: time(details.heldUntil) }),
    t(details.byApplying ? 'expired.noteApply' : 'expired.note'),
  ],
  NOT_PROMOTED: (details, { t, about }) => [
    t('notPromoted.title', about(details)),
    t('notPromoted.text', about(details)),
  ],
  LEFT: (details, { t, about }) => {
    const texts = details.isApplication ? 'withdrawn' : 'left';
    return [t(`${texts}.title`, about(details)), t(`${texts}.text`, about(details)), t(`${texts}.note`)];
  },
  REMOVED: (details, { t, about, detail }) => [
    t('removed.title', about(details)),
    t('removed.text', about(details)),
    details.reason && detail('reason', details.reason),
  ],
  COMPETITION_CHANGED: (details, { t, about, whenAndWhere }) => {
    const what = details.what.length > 1 ? 'both' : (details.what[0] ?? 'both');
    return [
      t('changed.title', { ...about(details), what }),
      t('changed.text', { ...about(details), what }),
      whenAndWhere(details) ?? t('changed.undecided'),
      t('changed.note'),
    ];
  },
  COMPETITION_CANCELLED: (details, { t, about }) => [
    t('cancelled.title', about(details)),
    t('cancelled.text', about(details)),
  ],
  REMINDER: (details, { t, about, whenAndWhere }) => [
    t('reminder.title', about(details)),
    t('reminder.text', about(details)),
    whenAndWhere(details),
    t('reminder.note'),
  ],
  STAFF_INVITED: ({ role, inviter, email, expiresAt, ...details }, { t, about, quote, whenAndWhere, time }) => [
    t('staffInvited.title', about(details)),
    inviter === null
      ? t('staffInvited.textAnonymous', { ...about(details), role })
      : t('staffInvited.text', { ...about(details), role, inviter: quote(inviter) }),
    whenAndWhere(details),
    t('staffInvited.note', { email: quote(email), when: time(expiresAt) }),
  ],
  INVITED: (
    { inviter, email, message, expiresAt, ...details },
    { t, about, quote, quoteLines, whenAndWhere, time },
  ) => [
    t('invited.title', about(details)),
    inviter === null
      ? t('invited.textAnonymous', about(details))
      : t('invited.text', { ...about(details), inviter: quote(inviter) }),
    message && `${t('invited.message')}\n${quoteLines(message)}`,
    whenAndWhere(details),
    t('invited.note', { email: quote(email), when: time(expiresAt) }),
  ],
  INVITATION_WITHDRAWN: ({ isCancelled, ...details }, { t, about }) =>
    isCancelled
      ? [t('cancelled.title', about(details)), t('invitationWithdrawn.cancelled', about(details))]
      : [t('invitationWithdrawn.title', about(details)), t('invitationWithdrawn.text', about(details))],
  STAFF_JOINED: ({ role, name, ...details }, { t, about, quote }) => [
    t('staffJoined.title', about(details)),
    t('staffJoined.text', { ...about(details), role, name: quote(name) }),
  ],
  STAFF_REMOVED: (details, { t, about }) => [
    t('staffRemoved.title', about(details)),
    t('staffRemoved.text', about(details)),
  ],
  STAFF_ROLE_CHANGED: ({ role, ...details }, { t, about }) => [
    t('staffRoleChanged.title', about(details)),
    t('staffRoleChanged.text', { ...about(details), role }),
  ],
  NEW_SIGN_IN: ({ device, address, at }, { t, detail, time }) => [
    t('newSignIn.title'),
    t('newSignIn.text'),
    [detail('when', time(at)), detail('device', device), detail('address', address)].join('\n'),
    t('newSignIn.note'),
  ],
  ADDRESS_CHANGED: ({ email }, { t, detail }) => [
    t('addressChanged.title'),
    t('addressChanged.text'),
    detail('newEmail', email),
    t('addressChanged.note'),
  ],
  EXPORT_READY: (_, { t }) => [t('exportReady.title'), t('exportReady.text'), t('exportReady.note')],
  ANNOUNCEMENT: ({ subject, text, isTest }, { t }) => [
    isTest ? t('announcement.testSubject', { subject }) : subject,
    text,
  ],
};

/** Renders a message once, for the language and the time zone of its reader, with what the staff adds to its kind. */
export function renderMessage(
  { kind, params }: MessageContent,
  reader: Reader,
  note: string | null = null,
): RenderedMessage {
  const template = TEMPLATES[kind] as Template<typeof kind>;
  const writer = writerFor(reader);
  const [title, ...paragraphs] = template(params as never, writer);
  if (note !== null) paragraphs.push(`${writer.t('organizerNote')}\n${writer.quoteLines(note)}`);
  return {
    title,
    text: paragraphs.filter((paragraph) => paragraph !== null && paragraph !== '').join('\n\n'),
    html: kind === 'ANNOUNCEMENT' ? params.html : null,
  };
}

/** Between a label and its value, on a line of its own. The no-break space tells a mail's layout such lines from others. */
export const DETAIL_SEPARATOR = ':\u00a0';

/** What templates are written with. */
interface Writer {
  readonly t: Translator<'mail'>;
  about(details: Pick<CompetitionDetails, 'title'>): { competition: string };
  /** What people wrote, inside a sentence. */
  quote(value: string): string;
  /** The same for several lines, each alone: an isolate ends with its paragraph. */
  quoteLines(text: string): string;
  time(start: Date, end?: Date | null): string;
  detail(label: 'when' | 'where' | 'reason' | 'device' | 'address' | 'newEmail', value: string): string;
  /** One line each for time and place; null when neither is known. */
  whenAndWhere(details: CompetitionDetails): string | null;
}

function writerFor(reader: Reader): Writer {
  const t = translatorFor(reader.language, 'mail');
  const quote = (value: string) => isolate(reader.language, value.replaceAll('\u00a0', ' '));
  const detail: Writer['detail'] = (label, value) => `${t(`details.${label}`)}${DETAIL_SEPARATOR}${quote(value)}`;
  const time: Writer['time'] = (start, end) => formatTime(reader, start, end);
  return {
    t,
    quote,
    quoteLines: (text) =>
      text
        .trim()
        .split('\n')
        .map((line) => line && quote(line))
        .join('\n'),
    about: ({ title }) => ({ competition: quote(title) }),
    time,
    detail,
    whenAndWhere({ startDate, endDate, location }) {
      const lines = [startDate && detail('when', time(startDate, endDate)), location && detail('where', location)];
      return lines.filter(Boolean).join('\n') || null;
    },
  };
}
