/** The inbox of applications: reading, reviewing, deciding. */
export const applications = {
  metaTitle: 'Applications for {title}',
  filter: 'Show',
  show: {
    undecided: 'Undecided',
    accepted: 'Accepted',
    waiting: 'Waitlist',
    rejected: 'Rejected',
    left: 'Left',
    all: 'All',
  },
  reviewed: { label: 'Your reviews', any: 'Reviewed or not', no: 'Not reviewed by you', yes: 'Reviewed by you' },
  sort: { label: 'Sort by', oldest: 'First applied', newest: 'Last applied', best: 'Best score' },
  searchLabel: 'Search by name',
  search: 'Search',
  count: '{count, plural, one {# application} other {# applications}}',
  countMany: 'More than 10,000 applications',
  found: '{count, plural, one {# application} other {# applications}} found for “{search}”',
  room: '{free, plural, =0 {No free seats} one {# free seat} other {# free seats}}',
  decideBy: 'You promised decisions by {when}.',
  decideLate: 'You promised decisions by {when}. That has passed.',
  empty: {
    undecidedTitle: 'Nothing to decide',
    undecidedText: 'New applications appear here.',
    otherTitle: 'Nobody here',
    otherText: 'No application matches this filter.',
    searchTitle: 'No matches',
    searchText: 'Part of a name is enough.',
    showAll: 'Show all applications',
    modeTitle: 'This competition takes no applications',
    modeText:
      'People get seats in the order they register. You can change that in the settings while nobody is registered.',
  },
  list: 'Applications',
  select: 'Select {name}',
  selectPage: 'Select all on this page',
  score: 'Score {mean, number}',
  yourScore: 'Your score: {score}',
  notReviewed: 'Not reviewed',
  status: {
    undecided: 'Undecided',
    accepted: 'Accepted',
    held: 'Has to confirm',
    waitlisted: 'Waitlist',
    rejected: 'Rejected',
    left: 'Left',
    removed: 'Removed',
    expired: 'Didn’t confirm',
    canceled: 'Canceled',
    tooSmall: 'Team too small',
    noShow: 'Didn’t come',
    erased: 'Account deleted',
  },
  detail: {
    back: 'Back to the list',
    position: '{n, number} of {total, number}',
    previous: 'Previous application',
    next: 'Next application',
    gone: 'This application is no longer in this list.',
    applied: 'Applied {when}',
    decided: 'Decided {when}',
    ended: 'Ended {when}',
    confirmBy: 'Has until {when} to confirm',
    reason: 'Reason: {reason}',
    reinstate: 'Undo rejection',
    reinstateHelp: 'They become undecided again, and read that their application is under review.',
    reinstated: '{name} is undecided again.',
  },
  team: {
    captain: '{name} (captain)',
    members: '{count, plural, one {Team of one member:} other {Team of # members:}}',
  },
  review: {
    title: 'Your review',
    legend: 'Score',
    score: {
      1: 'Weak',
      2: 'Below average',
      3: 'Good',
      4: 'Very good',
      5: 'Excellent',
    },
    note: 'Note',
    noteHelp: 'For the staff. Applicants get it if they request their data.',
    noteNeedsScore: 'Choose a score to save the note with it.',
    save: 'Save note',
    saving: 'Saving…',
    saved: 'Saved',
    others: 'All reviews',
    hidden: 'You see what others think once you’ve given your score.',
    none: 'Nobody reviewed this application.',
    mean: '{mean, number} on average from {count, plural, one {# review} other {# reviews}}',
    you: 'You',
  },
  decide: {
    title: 'Decision',
    accept: 'Accept…',
    waitlist: 'Waitlist…',
    reject: 'Reject…',
    seat: '{who, select, TEAMS {Accepting gives the team its seats.} other {Accepting gives them a seat.}}',
    hold: '{who, select, TEAMS {{hours, plural, one {Accepting gives the team its seats, which it has to confirm within # hour.} other {Accepting gives the team its seats, which it has to confirm within # hours.}}} other {{hours, plural, one {Accepting gives them a seat, which they have to confirm within # hour.} other {Accepting gives them a seat, which they have to confirm within # hours.}}}}',
    place:
      '{who, select, TEAMS {Not enough seats are free for the whole team, so accepting puts it on the waitlist.} other {No seat is free, so accepting puts them on the waitlist.}}',
    full: '{who, select, TEAMS {Not enough seats are free for the whole team and the waitlist is closed, so you can’t accept it now.} other {No seat is free and the waitlist is closed, so you can’t accept anyone now.}}',
    selected: '{count, plural, one {# selected} other {# selected}}',
    clear: 'Clear',
    tooMany: 'You can decide on up to {max, number} applications at a time.',
  },
  dialog: {
    acceptTitle:
      '{who, select, TEAMS {{count, plural, one {Accept {name}?} other {Accept # teams?}}} other {{count, plural, one {Accept {name}?} other {Accept # people?}}}}',
    waitlistTitle:
      '{who, select, TEAMS {{count, plural, one {Put {name} on the waitlist?} other {Put # teams on the waitlist?}}} other {{count, plural, one {Put {name} on the waitlist?} other {Put # people on the waitlist?}}}}',
    rejectTitle:
      '{who, select, TEAMS {{count, plural, one {Reject {name}?} other {Reject # teams?}}} other {{count, plural, one {Reject {name}?} other {Reject # people?}}}}',
    seats:
      '{who, select, TEAMS {{count, plural, one {# team gets its seats.} other {# teams get their seats.}}} other {{count, plural, one {# person gets a seat.} other {# people get a seat.}}}}',
    holds:
      '{who, select, TEAMS {{count, plural, one {# team gets its seats and has {hours, plural, one {# hour} other {# hours}} to confirm them.} other {# teams get their seats and have {hours, plural, one {# hour} other {# hours}} to confirm them.}}} other {{count, plural, one {# person gets a seat and has {hours, plural, one {# hour} other {# hours}} to confirm it.} other {# people get a seat and have {hours, plural, one {# hour} other {# hours}} to confirm it.}}}}',
    places:
      '{who, select, TEAMS {{count, plural, one {# team goes on the waitlist.} other {# teams go on the waitlist, in this order.}}} other {{count, plural, one {# person goes on the waitlist.} other {# people go on the waitlist, in this order.}}}}',
    undecided:
      '{count, plural, one {# person stays undecided: no seat is free, and the waitlist is closed.} other {# people stay undecided: no seat is free, and the waitlist is closed.}}',
    free: '{free, plural, one {# seat is free. Accept people instead, as long as there are free seats.} other {# seats are free. Accept people instead, as long as there are free seats.}}',
    closed: 'The waitlist is closed, so they stay undecided.',
    messages:
      '{count, plural, =0 {Nobody gets a message.} one {# person gets a message.} other {# people get a message.}}',
    final: 'You can’t take this back.',
    rejectEffect:
      '{count, plural, one {They can’t apply again. The message goes out in {seconds} seconds, and you can undo the rejection until then and later.} other {They can’t apply again. The messages go out in {seconds} seconds, and you can undo the rejections until then and later.}}',
    reason: 'Reason',
    reasonHelp: '{count, plural, one {One sentence that they read.} other {One sentence that all of them read.}}',
    acceptConfirm:
      '{who, select, TEAMS {{count, plural, one {Accept} other {Accept # teams}}} other {{count, plural, one {Accept} other {Accept # people}}}}',
    waitlistConfirm:
      '{who, select, TEAMS {{count, plural, one {Put on the waitlist} other {Put # on the waitlist}}} other {{count, plural, one {Put on the waitlist} other {Put # on the waitlist}}}}',
    rejectConfirm:
      '{who, select, TEAMS {{count, plural, one {Reject} other {Reject # teams}}} other {{count, plural, one {Reject} other {Reject # people}}}}',
  },
  done: {
    seats:
      '{who, select, TEAMS {{count, plural, one {# team has its seats} other {# teams have their seats}}} other {{count, plural, one {# person has a seat} other {# people have a seat}}}}',
    holds:
      '{who, select, TEAMS {{count, plural, one {# team has to confirm} other {# teams have to confirm}}} other {{count, plural, one {# person has to confirm} other {# people have to confirm}}}}',
    places:
      '{who, select, TEAMS {{count, plural, one {# team is on the waitlist} other {# teams are on the waitlist}}} other {{count, plural, one {# person is on the waitlist} other {# people are on the waitlist}}}}',
    rejected:
      '{who, select, TEAMS {{count, plural, one {# team is rejected} other {# teams are rejected}}} other {{count, plural, one {# person is rejected} other {# people are rejected}}}}',
    problems: '{count, plural, one {# decision wasn’t made} other {# decisions weren’t made}}',
  },
  problem: {
    title: '{count, plural, one {One decision wasn’t made} other {# decisions weren’t made}}',
    ALREADY_DECIDED: 'Someone else has already decided.',
    NOT_REGISTERED: 'They’ve left.',
    COMPETITION_CANCELLED: 'The competition has been canceled.',
    COMPETITION_FULL: 'No seat is free, and the waitlist is closed. They stay undecided.',
    SEATS_AVAILABLE: 'A seat is free for them. Accept them instead.',
    other: 'Try it again.',
    close: 'Close',
  },
  undo: {
    label: 'Rejections that you can undo',
    title:
      '{who, select, TEAMS {{count, plural, one {{name} is rejected} other {# teams are rejected}}} other {{count, plural, one {{name} is rejected} other {# people are rejected}}}}',
    in: 'Message in {seconds} s',
    inMany: 'Messages in {seconds} s',
    undo: 'Undo',
    undone:
      '{count, plural, one {The rejection is undone. No message was sent.} other {# rejections are undone. No message was sent.}}',
    failed:
      '{count, plural, one {# rejection couldn’t be undone.} other {# rejections couldn’t be undone.}} Look under “Rejected”.',
    announce:
      '{who, select, TEAMS {{count, plural, one {One team rejected. You can undo this for {seconds} seconds.} other {# teams rejected. You can undo this for {seconds} seconds.}}} other {{count, plural, one {One person rejected. You can undo this for {seconds} seconds.} other {# people rejected. You can undo this for {seconds} seconds.}}}}',
  },
  best: {
    open: 'Accept the best…',
    title: 'Accept the best',
    text: 'By the average score of all reviews. Applications without a review aren’t included.',
    number: 'How many',
    numberError: 'Enter a number from 1 to {max, number}.',
    none: 'No undecided application has a review yet.',
    leftOut:
      '{count, plural, one {# application that others have reviewed is left out. Review it yourself to include it.} other {# applications that others have reviewed are left out. Review them yourself to include them.}}',
    hiddenScores:
      'You haven’t reviewed some of these people. Their scores stay hidden, but their place shows what others think.',
    fewer:
      '{count, plural, one {Only # undecided application has a review.} other {Only # undecided applications have a review.}}',
    list: 'Who would be accepted, best first',
    loading: 'Looking…',
    seat: 'Seat',
    hold: 'Seat to confirm',
    place: 'Waitlist',
    stays: 'Stays undecided',
  },
  keys: {
    title: 'Keyboard shortcuts',
    move: 'next, previous',
    score: 'score',
    note: 'note',
    accept: 'accept',
    waitlist: 'waitlist',
    reject: 'reject',
    select: 'select',
  },
} as const;
