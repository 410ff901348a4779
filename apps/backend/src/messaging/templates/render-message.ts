import { type Translator, translatorFor } from '@mini-compete/messages/translator';
import { isolate } from '@mini-compete/shared/languages';
import type { MessageKind } from '@mini-compete/shared/mailbox';
import type { StaffRole } from '@mini-compete/shared/permissions';
import { deviceName } from '../../platform/i18n/device-name.js';
import { formatTime, type Reader } from './reader.js';

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

/** The team whose registration the message is about. */
export interface TeamOfReader {
  readonly name: string;
  /** The name of the captain; null: the reader is. */
  readonly captain: string | null;
}

/** About the registration of a person, or of a team. */
interface RegistrationDetails extends CompetitionDetails {
  readonly team?: TeamOfReader | null;
}

interface SeatDetails extends RegistrationDetails {
  readonly by: Origin;
}

/** What the registration of a team is at a moment; UNREGISTERED without one. */
export type TeamStanding = 'UNREGISTERED' | 'SEATED' | 'HELD' | 'WAITLISTED' | 'APPLIED';

/** What happened in a team. ERASED: a member has deleted the account, and their name with it. */
export type TeamEvent = 'JOINED' | 'LEFT' | 'REMOVED' | 'NO_SHOW' | 'ERASED' | 'CAPTAIN';

interface TeamDetails extends CompetitionDetails {
  readonly team: TeamOfReader;
}

/** What the text of each kind of message is rendered from. */
interface MessageParams {
  readonly CONFIRMED: SeatDetails;
  readonly PROMOTED: RegistrationDetails;
  readonly WAITING: SeatDetails & { readonly mustConfirm: boolean };
  readonly APPLIED: SeatDetails & { readonly decisionsBy: Date | null };
  readonly DECISIONS_LATE: RegistrationDetails;
  readonly REJECTED: RegistrationDetails & { readonly reason: string | null };
  readonly HELD: SeatDetails & { readonly heldUntil: Date };
  readonly HOLD_ENDING: RegistrationDetails & { readonly heldUntil: Date };
  readonly EXPIRED: RegistrationDetails & { readonly heldUntil: Date; readonly byApplying: boolean };
  readonly NOT_PROMOTED: RegistrationDetails;
  /** `isMembership`: the person has left the team, or was removed; its registration goes on. */
  readonly LEFT: RegistrationDetails & { readonly isApplication: boolean; readonly isMembership?: boolean };
  readonly REMOVED: RegistrationDetails & { readonly reason: string | null; readonly isMembership?: boolean };
  readonly TEAM_JOINED: TeamDetails & {
    readonly standing: TeamStanding;
    readonly heldUntil: Date | null;
    readonly position: number | null;
    readonly mustConfirm: boolean;
  };
  readonly TEAM_CHANGED: TeamDetails & { readonly event: TeamEvent; readonly name: string };
  readonly TEAM_BELOW_MINIMUM: TeamDetails & { readonly missing: number; readonly locksAt: Date };
  readonly TEAM_TOO_SMALL: TeamDetails & { readonly teamMin: number };
  readonly NO_SHOW: RegistrationDetails & { readonly isMembership?: boolean };
  readonly COMPETITION_CHANGED: CompetitionDetails & { readonly what: readonly ('date' | 'place')[] };
  readonly COMPETITION_CANCELLED: CompetitionDetails;
  readonly REMINDER: RegistrationDetails;
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
  readonly INVITATION_EXPIRED: CompetitionDetails & { readonly expiresAt: Date };
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
  CONFIRMED: (details, { t, about, whenAndWhere }) => {
    const texts = details.team ? 'team.confirmed' : 'confirmed';
    return [
      t(`${texts}.title`, about(details)),
      reinstated(details, { t, about }),
      t(`${texts}.text`, { ...about(details), by: details.by }),
      whenAndWhere(details),
      t(`${texts}.note`),
    ];
  },
  PROMOTED: (details, { t, about, whenAndWhere }) => {
    const texts = details.team ? 'team.promoted' : 'promoted';
    return [
      t(`${texts}.title`, about(details)),
      t(`${texts}.text`, about(details)),
      whenAndWhere(details),
      t(`${texts}.note`),
    ];
  },
  WAITING: (details, { t, about, whenAndWhere }) => {
    const texts = details.team ? 'team.waiting' : 'waiting';
    return [
      t(`${texts}.title`, about(details)),
      reinstated(details, { t, about }),
      t(`${texts}.${details.mustConfirm ? 'textToConfirm' : 'text'}`, { ...about(details), by: details.by }),
      whenAndWhere(details),
      t('waiting.note'),
    ];
  },
  APPLIED: (details, { t, about, time, whenAndWhere }) => {
    const texts = details.team ? 'team.applied' : 'applied';
    return [
      t('applied.title', about(details)),
      t(`${texts}.${details.by === 'REINSTATEMENT' ? 'reinstated' : 'text'}`, about(details)),
      details.decisionsBy && t('applied.by', { when: time(details.decisionsBy) }),
      whenAndWhere(details),
      details.team ? t('team.applied.note', about(details)) : t('applied.note'),
    ];
  },
  DECISIONS_LATE: (details, { t, about }) => [
    t('decisionsLate.title', about(details)),
    t('decisionsLate.text', about(details)),
    t(details.team ? 'team.decisionsLate.note' : 'decisionsLate.note', about(details)),
  ],
  REJECTED: (details, { t, about, detail }) => [
    t('rejected.title', about(details)),
    t(details.team ? 'team.rejected.text' : 'rejected.text', about(details)),
    details.reason && detail('reason', details.reason),
  ],
  HELD: (details, { t, about, time, whenAndWhere }) => {
    const texts = details.team ? 'team.held' : 'held';
    return [
      t(`${texts}.title`, about(details)),
      reinstated(details, { t, about }),
      t(`${texts}.text`, { ...about(details), by: details.by, when: time(details.heldUntil) }),
      t(`${texts}.note`, about(details)),
      whenAndWhere(details),
    ];
  },
  HOLD_ENDING: (details, { t, about, time, whenAndWhere }) => {
    const texts = details.team ? 'team.holdEnding' : 'holdEnding';
    return [
      t(`${texts}.title`, about(details)),
      t(`${texts}.text`, { ...about(details), when: time(details.heldUntil) }),
      t(details.team ? 'team.held.note' : 'holdEnding.note', about(details)),
      whenAndWhere(details),
    ];
  },
  EXPIRED: (details, { t, about, time }) => {
    const texts = details.team ? 'team.expired' : 'expired';
    return [
      t(`${texts}.title`, about(details)),
      t(`${texts}.text`, { ...about(details), when: time(details.heldUntil) }),
      t(`${texts}.${details.byApplying ? 'noteApply' : 'note'}`),
    ];
  },
  NOT_PROMOTED: (details, { t, about }) => [
    t('notPromoted.title', about(details)),
    t(details.team ? 'team.notPromoted.text' : 'notPromoted.text', about(details)),
  ],
  LEFT: (details, { t, about }) => {
    const texts = details.isApplication ? 'withdrawn' : 'left';
    if (details.isMembership) return [t('team.leftIt.title', about(details)), t('team.leftIt.text', about(details))];
    return details.team
      ? [t(`team.${texts}.title`, about(details)), t(`team.${texts}.text`, about(details)), t('team.left.note')]
      : [t(`${texts}.title`, about(details)), t(`${texts}.text`, about(details)), t(`${texts}.note`)];
  },
  REMOVED: (details, { t, about, detail }) => {
    if (details.isMembership)
      return [t('team.removedFromIt.title', about(details)), t('team.removedFromIt.text', about(details))];
    const texts = details.team ? 'team.removed' : 'removed';
    return [
      t(`${texts}.title`, about(details)),
      t(`${texts}.text`, about(details)),
      details.reason && detail('reason', details.reason),
    ];
  },
  TEAM_JOINED: (details, { t, about, time, whenAndWhere }) => {
    const { standing, position, heldUntil, mustConfirm } = details;
    return [
      t('team.joined.title', about(details)),
      t('team.joined.text', {
        ...about(details),
        standing,
        position: position ?? 0,
        mustConfirm: mustConfirm ? 'yes' : 'no',
        when: heldUntil === null ? '' : time(heldUntil),
      }),
      standing === 'HELD' ? t('team.held.note', about(details)) : null,
      whenAndWhere(details),
      standing === 'SEATED' ? t('team.confirmed.note') : null,
    ];
  },
  TEAM_CHANGED: ({ event, name, ...details }, { t, about, quote }) => [
    t('team.changed.title', { ...about(details), event, name: quote(name) }),
    t('team.changed.text', { ...about(details), event, name: quote(name) }),
  ],
  TEAM_BELOW_MINIMUM: ({ missing, locksAt, ...details }, { t, about, time }) => [
    t('team.belowMinimum.title', { ...about(details), missing }),
    t('team.belowMinimum.text', { ...about(details), missing, when: time(locksAt) }),
    t('team.belowMinimum.note'),
  ],
  TEAM_TOO_SMALL: ({ teamMin, ...details }, { t, about }) => [
    t('team.tooSmall.title', about(details)),
    t('team.tooSmall.text', { ...about(details), teamMin }),
  ],
  NO_SHOW: (details, { t, about }) => {
    const note = t('noShow.note');
    return details.isMembership
      ? [t('team.noShow.title', about(details)), t('team.noShow.text', about(details)), note]
      : [t('noShow.title', about(details)), t('noShow.text', about(details)), note];
  },
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
    t(details.team ? 'team.confirmed.note' : 'reminder.note'),
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
  INVITATION_EXPIRED: ({ expiresAt, ...details }, { t, about, time }) => [
    t('invitationExpired.title', about(details)),
    t('invitationExpired.text', { ...about(details), when: time(expiresAt) }),
    t('invitationExpired.note'),
  ],
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
    [detail('when', time(at)), detail('device', deviceName(t, device)), detail('address', address)].join('\n'),
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

const reinstated = (details: SeatDetails, { t, about }: Pick<Writer, 't' | 'about'>) =>
  details.by === 'REINSTATEMENT' ? t(details.team ? 'team.reinstated' : 'reinstated', about(details)) : null;

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
  /** `isCaptain` is `yes` or `no`: whether the reader is. The last three are empty without a team. */
  about(details: Pick<RegistrationDetails, 'title' | 'team'>): {
    competition: string;
    team: string;
    captain: string;
    isCaptain: string;
  };
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
    about: ({ title, team }) => ({
      competition: quote(title),
      team: team ? quote(team.name) : '',
      captain: quote(team?.captain ?? ''),
      isCaptain: team?.captain === null ? 'yes' : 'no',
    }),
    time,
    detail,
    whenAndWhere({ startDate, endDate, location }) {
      const lines = [startDate && detail('when', time(startDate, endDate)), location && detail('where', location)];
      return lines.filter(Boolean).join('\n') || null;
    },
  };
}
