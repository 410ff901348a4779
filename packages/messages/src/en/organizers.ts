/** The public page of an organizer, and what they write on it. */
export const organizers = {
  title: 'Competitions by {name}',
  summary:
    '{count, plural, =0 {{name} organizes competitions.} one {{name} has # competition.} other {{name} has # competitions.}}',
  summaryMany: '{name} has more than 10,000 competitions.',
  label: 'Organizer',
  links: 'Links',
  ahead: 'Upcoming competitions',
  past: 'Past competitions',
  emptyTitle: 'No public competitions right now',
  emptyText: 'New ones appear here as soon as they’re announced.',
  first: 'Back to the start of the list',
  edit: 'Edit this page',
} as const;
