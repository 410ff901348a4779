/** Figures and chart of a competition, for its organizer. */
export const statistics = {
  fill: 'of the seats taken',
  seated: 'have a seat',
  waiting: 'on the waitlist',
  promoted: 'moved up from the waitlist',
  left: 'left',
  removed: 'removed',
  perHour: 'Registrations per hour',
  perDay: 'Registrations per day',
  empty: 'No registrations yet. The first one draws the first bar.',
  table: 'Show as a table',
  hour: 'Hour',
  day: 'Day',
  registered: 'Registered',
  ended: 'Left or removed',
  summary:
    '{count, plural, one {# registration} other {# registrations}} from {from} to {to}, at most {peak, number} at a time.',
  look: 'Choose a bar',
  bar: '{when}: {registered, number} registered, {ended, number} left or removed',
} as const;
