import { expect, it } from 'vitest';
import { calendarLinks } from './calendar-links';

const competition = {
  id: '01890000-0000-7000-8000-000000000000',
  title: 'Chess & Tea + Cake',
  startDate: '2026-05-01T10:00:00.000Z',
  endDate: null,
  location: 'Room 4, Harbor Street',
};
const PAGE = 'https://compete.example.org/competitions/x?a=1';
const parametersOf = (link: string) => Object.fromEntries(new URL(link).searchParams);

it('fills in a new entry of Google Calendar and of Outlook', () => {
  const { google, outlook } = calendarLinks({ ...competition, endDate: '2026-05-01T12:30:00.000Z' }, PAGE);
  expect(parametersOf(google)).toMatchObject({
    text: 'Chess & Tea + Cake',
    dates: '20260501T100000Z/20260501T123000Z',
    details: PAGE,
    location: 'Room 4, Harbor Street',
  });
  expect(parametersOf(outlook)).toMatchObject({
    subject: 'Chess & Tea + Cake',
    startdt: '2026-05-01T10:00:00.000Z',
    enddt: '2026-05-01T12:30:00.000Z',
    body: PAGE,
    location: 'Room 4, Harbor Street',
  });
  expect(outlook).toContain('Chess%20%26%20Tea%20%2B%20Cake');
});

it('lasts one hour without an end date, and has no place without one', () => {
  const { google } = calendarLinks({ ...competition, location: null }, PAGE);
  expect(parametersOf(google)).toMatchObject({ dates: '20260501T100000Z/20260501T110000Z' });
  expect(parametersOf(google)).not.toHaveProperty('location');
});
