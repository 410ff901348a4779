import { instant, span } from './dates.js';

/** What a message says of a competition. */
export interface CompetitionFacts {
  readonly title: string;
  readonly startDate: Date | null;
  readonly endDate: Date | null;
  readonly location: string | null;
}

/** As it stands in the mailbox: paragraphs are separated by empty lines. */
export interface Content {
  readonly title: string;
  readonly text: string;
}

const content = (title: string, ...paragraphs: (string | null)[]): Content => ({
  title,
  text: paragraphs.filter((paragraph) => paragraph !== null).join('\n\n'),
});

/** When and where, one per line; null when neither is known. */
export function whenAndWhere({ startDate, endDate, location }: CompetitionFacts): string | null {
  const lines = [startDate && `When: ${span(startDate, endDate)}`, location && `Where: ${location}`].filter(Boolean);
  return lines.length === 0 ? null : lines.join('\n');
}

export const confirmed = (competition: CompetitionFacts): Content =>
  content(
    `You are in: ${competition.title}`,
    `Your seat in ${competition.title} is confirmed.`,
    whenAndWhere(competition),
    'If you cannot come, please leave: your seat then goes to the next in line.',
  );

export const promoted = (competition: CompetitionFacts): Content =>
  content(
    `You have got a seat: ${competition.title}`,
    `A seat in ${competition.title} became free, and you were first in line: it is yours.`,
    whenAndWhere(competition),
    'If you cannot come any more, please leave: the seat then goes to the next in line.',
  );

export const waiting = (competition: CompetitionFacts): Content =>
  content(
    `You are on the waiting list: ${competition.title}`,
    `All seats in ${competition.title} are taken, and you are in line. As soon as a seat is yours we tell you; you need not do anything.`,
    'Your place in line is on your dashboard.',
  );

export const notPromoted = (competition: CompetitionFacts): Content =>
  content(
    `No seat this time: ${competition.title}`,
    `Registration for ${competition.title} has closed, and no seat became free for you. Sorry that it did not work out.`,
  );

export const left = (competition: CompetitionFacts): Content =>
  content(
    `You have left: ${competition.title}`,
    `You are no longer registered for ${competition.title}.`,
    'Should you change your mind, you can register again as long as registration is open.',
  );

export const removed = (competition: CompetitionFacts, reason: string | null): Content =>
  content(
    `Your registration was ended: ${competition.title}`,
    `The organizer has ended your registration for ${competition.title}.`,
    reason && `The reason given: ${reason}`,
  );

export function changed(competition: CompetitionFacts, what: readonly ('date' | 'place')[]): Content {
  const subject = what.length > 1 ? 'date and place' : (what[0] as string);
  return content(
    `New ${subject}: ${competition.title}`,
    `The organizer has changed the ${subject} of ${competition.title}.`,
    whenAndWhere(competition) ?? 'They are not decided yet.',
    'If that does not suit you, you can leave on the page of the competition.',
  );
}

export const cancelled = (competition: CompetitionFacts): Content =>
  content(
    `Cancelled: ${competition.title}`,
    `${competition.title} has been cancelled by its organizer, and your registration has ended with it.`,
  );

export const reminder = (competition: CompetitionFacts): Content =>
  content(
    `Starting soon: ${competition.title}`,
    `${competition.title} starts within the next 24 hours.`,
    whenAndWhere(competition),
    'If you cannot come after all, please leave: your seat can still make somebody happy.',
  );

export const newSignIn = (device: string, address: string, at: Date): Content =>
  content(
    'New sign-in to your account',
    'Somebody signed in to your account from where you have not been before.',
    `When: ${instant(at)}\nDevice: ${device}\nAddress: ${address}`,
    'If that was you, all is well. If not, change your password: that ends all other sessions.',
  );

export const resetLink = (): Content =>
  content(
    'Set a new password',
    'Somebody, hopefully you, asked for a new password for your account. The link works once and for one hour.',
    'If it was not you, you need not do anything: your password stays as it is.',
  );
