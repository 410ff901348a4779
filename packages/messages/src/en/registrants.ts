/** The menu of a person in the organizer’s list. */
export const registrants = {
  menu: 'Actions for {name}',
  mail: 'Send an email',
  copy: 'Copy email address',
  copied: 'Copied {email}',
  remove: 'Remove…',
  removeDialog: {
    title: '{who, select, TEAMS {Remove the team {name}?} other {Remove {name}?}}',
    seat: '{who, select, TEAMS {Its seats become free.} other {Their seat becomes free.}}',
    seatToNext:
      '{who, select, TEAMS {Its seats go to the waitlist right away.} other {Their seat goes to the first person on the waitlist right away.}}',
    position:
      '{who, select, TEAMS {It loses its position on the waitlist, and those behind move up.} other {They lose their position on the waitlist, and those behind move up.}}',
    consequence:
      '{who, select, TEAMS {This can’t be undone. The team stays together and can register again.} other {This can’t be undone. They can register again.}}',
    reason: 'Reason',
    reasonHelp:
      '{who, select, TEAMS {One sentence, which every member reads.} other {One sentence, which the person reads.}}',
    reasonMissing:
      '{who, select, TEAMS {Enter a reason: the members get it in a message.} other {Enter a reason: the person gets it in a message.}}',
    confirm: 'Remove and notify',
    done: '{who, select, TEAMS {{name} has been removed, and its members get a message.} other {{name} has been removed and gets a message.}}',
  },
  reinstate: 'Reinstate…',
  reinstateDialog: {
    title: 'Reinstate {name}?',
    text: 'They get a free seat, or their old position on the waitlist, and a message about it.',
    textTeam:
      'The team comes back with its present members, even if they are too few or couldn’t register now. It gets free seats or its old position on the waitlist, and its members get a message.',
    confirm: 'Reinstate and notify',
    seated: '{name} has a seat again and gets a message.',
    waiting: '{name} is back on the waitlist and gets a message.',
  },
  select: 'Select {name}',
  selectPage: 'Select all on this page',
  selection: {
    label: '{who, select, TEAMS {Selected teams} other {Selected people}}',
    count:
      '{who, select, TEAMS {{count, plural, one {# team} other {# teams}}} other {{count, plural, one {# person} other {# people}}}} selected',
    all: 'Select all {total, number}',
    loading: 'Selecting…',
    clear: 'Clear',
    remove: 'Remove selected…',
  },
  removeSeveral: {
    title:
      '{who, select, TEAMS {{count, plural, one {Remove one team?} other {Remove # teams?}}} other {{count, plural, one {Remove one person?} other {Remove # people?}}}}',
    effect:
      '{who, select, TEAMS {{count, plural, one {Removes one team and emails its members.} other {Removes # teams and emails their members.}}} other {{count, plural, one {Removes one person and emails them.} other {Removes # people and emails them.}}}} Seats go to the waitlist, in order.',
    undo: 'You and other managers can undo this for {seconds} seconds.',
    reasonHelp: 'One sentence, which everyone you remove reads.',
    confirm:
      '{who, select, TEAMS {{count, plural, one {Remove one team} other {Remove # teams}}} other {{count, plural, one {Remove one person} other {Remove # people}}}}',
  },
} as const;
