/** The menu of a person in the organizer’s list. */
export const registrants = {
  menu: 'Actions for {name}',
  mail: 'Send an email',
  copy: 'Copy email address',
  copied: 'Copied {email}',
  remove: 'Remove…',
  removeDialog: {
    title: 'Remove {name}?',
    seat: 'Their seat becomes free.',
    seatToNext: 'Their seat goes to the first person on the waitlist right away.',
    position: 'They lose their position on the waitlist, and those behind move up.',
    consequence: 'This can’t be undone. They can register again.',
    reason: 'Reason',
    reasonHelp: 'One sentence, which the person reads.',
    reasonMissing: 'Enter a reason: the person gets it in a message.',
    confirm: 'Remove and notify',
    done: '{name} has been removed and gets a message.',
  },
} as const;
