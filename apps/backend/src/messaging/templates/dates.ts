const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' });
const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' });

/** A message is read in zones that we do not know: its times name theirs. */
export const instant = (at: Date): string => `${DAY.format(at)}, ${TIME.format(at)} UTC`;

/** From when to when; the day once where it is one. */
export function span(start: Date, end: Date | null): string {
  if (end === null) return instant(start);
  return DAY.format(start) === DAY.format(end)
    ? `${DAY.format(start)}, ${TIME.format(start)} to ${TIME.format(end)} UTC`
    : `${instant(start)} to ${instant(end)}`;
}
