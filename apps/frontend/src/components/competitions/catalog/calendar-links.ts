export type CalendarCompetition = {
  id: string;
  title: string;
  startDate: string;
  endDate: string | null;
  location: string | null;
};

const HOUR_MS = 3_600_000;

/** Pages of online calendars that show a new entry, filled in. `page` is the address of the competition. */
export function calendarLinks({ title, startDate, endDate, location }: CalendarCompetition, page: string) {
  const start = new Date(startDate);
  // Without an end date it lasts one hour, as in the calendar file.
  const end = endDate ? new Date(endDate) : new Date(start.getTime() + HOUR_MS);
  const place = location ? { location } : {};
  return {
    google: address('https://calendar.google.com/calendar/render', {
      ...{ action: 'TEMPLATE', text: title, dates: `${compact(start)}/${compact(end)}`, details: page },
      ...place,
    }),
    outlook: address('https://outlook.live.com/calendar/0/action/compose', {
      ...{ path: '/calendar/action/compose', rru: 'addevent', subject: title, body: page },
      ...{ startdt: start.toISOString(), enddt: end.toISOString() },
      ...place,
    }),
  };
}

const compact = (at: Date) => at.toISOString().replace(/[-:]|\.\d{3}/g, '');

/** Spaces as %20: Outlook shows the plus signs of form encoding. */
const address = (page: string, parameters: Record<string, string>) =>
  `${page}?${new URLSearchParams(parameters).toString().replaceAll('+', '%20')}`;
