/** The page that the unsubscribe link of an announcement leads to. */
export const subscription = {
  title: 'Announcements by email',
  question: 'Unsubscribe from announcements?',
  text: 'You won’t get announcements from the organizer of <b>{title}</b> anymore. Messages about your own registration still arrive.',
  confirm: 'Unsubscribe',
  keep: 'Keep getting them',
  doneTitle: 'You’re unsubscribed',
  done: 'The organizer of <b>{title}</b> can’t send you announcements anymore.',
  undo: 'Subscribe again',
  undoneTitle: 'You’re subscribed again',
  undone: 'You’ll get the announcements about <b>{title}</b>.',
  view: 'View the competition',
  invalidTitle: 'This link doesn’t work',
  invalid: 'It may be incomplete. Use the link in your latest email.',
  toHome: 'Find a competition',
} as const;
