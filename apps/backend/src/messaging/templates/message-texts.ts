/** What messages say about a competition. */
export interface CompetitionDetails {
  readonly title: string;
  readonly startDate: Date | null;
  readonly endDate: Date | null;
  readonly location: string | null;
}

/** Title and text of a mailbox message, which its mail repeats. Empty lines separate the paragraphs. */
export interface MessageText {
  readonly title: string;
  readonly text: string;
}

export const confirmed = (competition: CompetitionDetails): MessageText =>
  message(
    `You are in: ${competition.title}`,
    `Your seat in ${competition.title} is confirmed.`,
    whenAndWhere(competition),
    'If you cannot come, please leave: your seat then goes to the next in line.',
  );

export const promoted = (competition: CompetitionDetails): MessageText =>
  message(
    `You have got a seat: ${competition.title}`,
    `A seat in ${competition.title} became free, and you were first in line: it is yours.`,
    whenAndWhere(competition),
    'If you cannot come any more, please leave: the seat then goes to the next in line.',
  );

export const waiting = (competition: CompetitionDetails): MessageText =>
  message(
    `You are on the waiting list: ${competition.title}`,
    `All seats in ${competition.title} are taken, and you are in line. As soon as a seat is yours we tell you; you need not do anything.`,
    'Your place in line is on your dashboard.',
  );

export const notPromoted = (competition: CompetitionDetails): MessageText =>
  message(
    `No seat this time: ${competition.title}`,
    `Registration for ${competition.title} has closed, and no seat became free for you. Sorry that it did not work out.`,
  );

export const left = (competition: CompetitionDetails): MessageText =>
  message(
    `You have left: ${competition.title}`,
    `You are no longer registered for ${competition.title}.`,
    'Should you change your mind, you can register again as long as registration is open.',
  );

export const removed = (competition: CompetitionDetails, reason: string | null): MessageText =>
  message(
    `Your registration was ended: ${competition.title}`,
    `The organizer has ended your registration for ${competition.title}.`,
    reason && `The reason given: ${reason}`,
  );

export function changed(competition: CompetitionDetails, changes: readonly ('date' | 'place')[]): MessageText {
  const subject = changes.length > 1 ? 'date and place' : (changes[0] as string);
  return message(
    `New ${subject}: ${competition.title}`,
    `The organizer has changed the ${subject} of ${competition.title}.`,
    whenAndWhere(competition) ?? 'They are not decided yet.',
    'If that does not suit you, you can leave on the page of the competition.',
  );
}

export const cancelled = (competition: CompetitionDetails): MessageText =>
  message(
    `Cancelled: ${competition.title}`,
    `${competition.title} has been cancelled by its organizer, and your registration has ended with it.`,
  );

export const reminder = (competition: CompetitionDetails): MessageText =>
  message(
    `Starting soon: ${competition.title}`,
    `${competition.title} starts within the next 24 hours.`,
    whenAndWhere(competition),
    'If you cannot come after all, please leave: your seat can still make somebody happy.',
  );

export const newSignIn = (device: string, address: string, at: Date): MessageText =>
  message(
    'New sign-in to your account',
    'Somebody signed in to your account from where you have not been before.',
    `When: ${formatInstant(at)}\nDevice: ${device}\nAddress: ${address}`,
    'If that was you, all is well. If not, change your password: that ends all other sessions.',
  );

export const resetLink = (): MessageText =>
  message(
    'Set a new password',
    'Somebody, hopefully you, asked for a new password for your account. The link works once and for one hour.',
    'If it was not you, you need not do anything: your password stays as it is.',
  );

const message = (title: string, ...paragraphs: (string | null)[]): MessageText => ({
  title,
  text: paragraphs.filter((paragraph) => paragraph !== null).join('\n\n'),
});

/** One line each for time and place; null when neither is known. */
function whenAndWhere({ startDate, endDate, location }: CompetitionDetails): string | null {
  const lines = [startDate && `When: ${formatRange(startDate, endDate)}`, location && `Where: ${location}`].filter(
    Boolean,
  );
  return lines.length === 0 ? null : lines.join('\n');
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });
const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' });

/** Names the time zone, because that of the reader is not known. */
const formatInstant = (at: Date): string => `${DAY.format(at)}, ${TIME.format(at)} UTC`;

/** Start and end, with the day only once if it is the same. */
function formatRange(start: Date, end: Date | null): string {
  if (end === null) return formatInstant(start);
  return DAY.format(start) === DAY.format(end)
    ? `${DAY.format(start)}, ${TIME.format(start)} to ${TIME.format(end)} UTC`
    : `${formatInstant(start)} to ${formatInstant(end)}`;
}
