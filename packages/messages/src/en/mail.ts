/** Messages to people, which the mailbox shows and mails repeat, and the frame of mails. */
export const mail = {
  confirmed: {
    title: 'You’re in: {competition}',
    text: '{by, select, HOLD {Thanks for confirming. Your seat in {competition} is yours.} APPLICATION {Your application for {competition} has been accepted, and you have a seat.} INVITATION {You’ve accepted the invitation to {competition}, and your seat is confirmed.} IMPORT {The organizer has registered you for {competition}, and your seat is confirmed.} other {Your seat in {competition} is confirmed.}}',
    note: 'If you can’t make it, please leave the competition. Your seat then goes to the next person on the waitlist.',
  },
  /** Before the text of a confirmation, or of a message about the waitlist. */
  reinstated: 'The organizer has reinstated your registration for {competition}.',
  promoted: {
    title: 'You’ve got a seat: {competition}',
    text: 'A seat in {competition} opened up, and you were next on the waitlist. It’s yours.',
    note: 'If you can’t make it anymore, please leave the competition. The seat then goes to the next person on the waitlist.',
  },
  waiting: {
    title: 'You’re on the waitlist: {competition}',
    text: '{by, select, APPLICATION {The organizer has put you on the waitlist of {competition}.} other {All seats in {competition} are taken, and you’re on the waitlist.}} When it’s your turn you’ll get a seat automatically, and we’ll let you know.',
    textToConfirm:
      '{by, select, APPLICATION {The organizer has put you on the waitlist of {competition}.} other {All seats in {competition} are taken, and you’re on the waitlist.}} When it’s your turn, we’ll hold a seat for you and ask you to confirm it.',
    note: 'Your position is on the page “My registrations”.',
  },
  notPromoted: {
    title: 'No seat this time: {competition}',
    text: 'The waitlist of {competition} has closed, and no seat opened up for you. We’re sorry it didn’t work out.',
  },
  applied: {
    title: 'Application received: {competition}',
    reinstated: 'The organizer has reopened your application for {competition}.',
    text: 'We’ve received your application for {competition}. The organizer decides who takes part, and we’ll let you know as soon as there’s a decision.',
    by: 'You’ll hear from us by {when}.',
    note: 'There’s nothing you need to do until then. You can withdraw your application on the competition’s page.',
  },
  decisionsLate: {
    title: 'Your application is still open: {competition}',
    text: 'The organizer of {competition} wanted to decide by now, and needs more time. We’re sorry for the wait.',
    note: 'Your application stays as it is, and we’ll let you know as soon as there’s a decision.',
  },
  rejected: {
    title: 'No seat this time: {competition}',
    text: 'The organizer has not accepted your application for {competition}. We’re sorry it didn’t work out.',
  },
  held: {
    title: 'Confirm your seat: {competition}',
    text: '{by, select, WAITLIST {A seat in {competition} opened up, and you were next on the waitlist.} APPLICATION {Your application for {competition} has been accepted: there’s a seat for you.} other {There’s a seat for you in {competition}.}} We’re holding it for you until {when}.',
    note: 'Confirm it on the competition’s page by then. After that it goes to someone else.',
  },
  holdEnding: {
    title: 'Your seat still needs your confirmation: {competition}',
    text: 'We’re holding a seat in {competition} for you until {when}. You haven’t confirmed it yet.',
    note: 'Confirm it on the competition’s page by then. After that it goes to someone else.',
  },
  expired: {
    title: 'Your held seat has expired: {competition}',
    text: 'We held a seat in {competition} for you until {when}. It wasn’t confirmed by then, so your registration has ended and the seat has been released.',
    note: 'If registration is still open, you can register again.',
    noteApply: 'If registration is still open, you can apply again.',
  },
  left: {
    title: 'You’ve left: {competition}',
    text: 'You’re no longer registered for {competition}.',
    note: 'If you change your mind, you can register again while registration is open.',
  },
  withdrawn: {
    title: 'You’ve withdrawn your application: {competition}',
    text: 'Your application for {competition} has been withdrawn.',
    note: 'If you change your mind, you can apply again while registration is open.',
  },
  removed: {
    title: 'You’ve been removed: {competition}',
    text: 'The organizer removed you from {competition}.',
  },
  noShow: {
    title: 'Your seat has been released: {competition}',
    text: 'You hadn’t checked in to {competition} after it started, so the organizer released your seat.',
    note: 'Are you there, or was that a mistake? Talk to the organizer at the entrance.',
  },
  changed: {
    title: '{what, select, date {New date} place {New location} other {New date and location}}: {competition}',
    text: 'The organizer changed the {what, select, date {date} place {location} other {date and location}} of {competition}.',
    undecided: 'The new details haven’t been announced yet.',
    note: 'If this doesn’t work for you, you can leave on the competition’s page.',
  },
  cancelled: {
    title: 'Canceled: {competition}',
    text: 'The organizer canceled {competition}, so your registration has ended. There’s nothing you need to do.',
  },
  reminder: {
    title: 'Starting soon: {competition}',
    text: '{competition} starts within the next 24 hours.',
    note: 'If you can’t make it after all, please leave the competition, so that the organizer knows.',
  },
  /** Messages to the members of a team. `isCaptain`: whether the reader is. */
  team: {
    reinstated: 'The organizer has reinstated the registration of your team {team} for {competition}.',
    confirmed: {
      title: '{team} is in: {competition}',
      text: '{by, select, HOLD {{isCaptain, select, yes {Thanks for confirming.} other {Your captain has confirmed.}} Your team {team} is in {competition}.} APPLICATION {The application of your team {team} for {competition} has been accepted, and you’re in.} other {Your team {team} is registered for {competition}, and you’re in.}}',
      note: 'If you can’t make it, please leave the team, so that the others and the organizer know.',
    },
    promoted: {
      title: '{team} got in: {competition}',
      text: 'There’s room for your team {team} in {competition}, and it was next on the waitlist. You’re in.',
      note: 'If you can’t make it anymore, please leave the team, so that the others and the organizer know.',
    },
    waiting: {
      title: '{team} is on the waitlist: {competition}',
      text: '{by, select, APPLICATION {The organizer has put your team {team} on the waitlist of {competition}.} other {There’s no room for your whole team in {competition} yet, so {team} is on the waitlist.}} When it’s your turn, your team gets in automatically, and we’ll let you know.',
      textToConfirm:
        '{by, select, APPLICATION {The organizer has put your team {team} on the waitlist of {competition}.} other {There’s no room for your whole team in {competition} yet, so {team} is on the waitlist.}} When it’s your turn, we’ll hold your team’s place and ask {isCaptain, select, yes {you} other {your captain}} to confirm it.',
    },
    notPromoted: {
      text: 'The waitlist of {competition} has closed, and there was no room for your team {team}. We’re sorry it didn’t work out.',
    },
    applied: {
      reinstated: 'The organizer has reopened the application of your team {team} for {competition}.',
      text: 'Your team {team} has applied for {competition}. The organizer decides who takes part, and we’ll let you know as soon as there’s a decision.',
      note: 'There’s nothing you need to do until then. {isCaptain, select, yes {You} other {Your captain}} can withdraw the application of {team} on the team’s page.',
    },
    decisionsLate: {
      note: 'The application of your team {team} stays as it is, and we’ll let you know as soon as there’s a decision.',
    },
    rejected: {
      text: 'The organizer has not accepted the application of your team {team} for {competition}. We’re sorry it didn’t work out.',
    },
    held: {
      title: '{isCaptain, select, yes {Confirm for your team} other {Your captain has to confirm}}: {competition}',
      text: '{by, select, WAITLIST {There’s room for your team {team} in {competition}, and it was next on the waitlist.} APPLICATION {The application of your team {team} for {competition} has been accepted.} other {There’s room for your team {team} in {competition}.}} We’re holding your place until {when}.',
      note: '{isCaptain, select, yes {As the captain, confirm it on the competition’s page by then.} other {Your captain, {captain}, has to confirm it by then.}} After that it goes to someone else.',
    },
    holdEnding: {
      title:
        '{isCaptain, select, yes {Your team still needs your confirmation} other {Your captain still has to confirm}}: {competition}',
      text: 'We’re holding the place of your team {team} in {competition} until {when}. It hasn’t been confirmed yet.',
    },
    expired: {
      title: 'Your team’s held place has expired: {competition}',
      text: 'We held a place in {competition} for your team {team} until {when}. It wasn’t confirmed by then, so the registration of your team has ended.',
      note: 'If registration is still open, your captain can register the team again.',
      noteApply: 'If registration is still open, your captain can apply for the team again.',
    },
    left: {
      title: '{team} is no longer registered: {competition}',
      text: '{isCaptain, select, yes {You have} other {Your captain has}} withdrawn your team {team} from {competition}.',
      note: 'The team itself stays. It can register again while registration is open.',
    },
    withdrawn: {
      title: '{team} has withdrawn its application: {competition}',
      text: '{isCaptain, select, yes {You have} other {Your captain has}} withdrawn the application of your team {team} for {competition}.',
    },
    removed: {
      title: '{team} has been removed: {competition}',
      text: 'The organizer removed your team {team} from {competition}.',
    },
    /** To who has left the team, and to whom its captain has removed. */
    leftIt: {
      title: 'You’ve left {team}: {competition}',
      text: 'You’re no longer a member of the team {team} in {competition}.',
    },
    removedFromIt: {
      title: 'You’ve been removed from {team}: {competition}',
      text: 'The captain removed you from the team {team} in {competition}.',
    },
    /** To who had not come, while others of the team had. */
    noShow: {
      title: 'You’re no longer in the team {team}: {competition}',
      text: 'You hadn’t checked in to {competition} after it started, so the organizer released your place. The team {team} goes on without you.',
    },
    joined: {
      title: 'You’re in the team {team}: {competition}',
      text: '{standing, select, SEATED {You’ve joined the team {team}, and you’re in {competition}.} HELD {You’ve joined the team {team}. We’re holding its place in {competition} until {when}.} WAITLISTED {You’ve joined the team {team}, which is number {position, number} on the waitlist of {competition}. {mustConfirm, select, yes {When it’s your turn, we’ll hold your team’s place and ask {isCaptain, select, yes {you} other {your captain}} to confirm it.} other {When it’s your turn, your team gets in automatically.}}} APPLIED {You’ve joined the team {team}, which has applied for {competition}. We’ll let you know as soon as there’s a decision.} other {{isCaptain, select, yes {You’re the captain of the team {team} for {competition}. It isn’t registered yet: share its join code, and register it when everyone has joined.} other {You’ve joined the team {team} for {competition}. It isn’t registered yet; your captain, {captain}, registers it.}}}}',
    },
    changed: {
      title:
        '{event, select, JOINED {{name} joined {team}} LEFT {{name} left {team}} REMOVED {{name} was removed from {team}} NO_SHOW {{name} is no longer in {team}} CAPTAIN {{isCaptain, select, yes {You’re the captain of {team} now} other {{name} is the captain of {team} now}}} other {A member left {team}}}: {competition}',
      text: '{event, select, JOINED {{name} has joined your team {team} for {competition}.} LEFT {{name} has left your team {team} for {competition}.} REMOVED {The captain has removed {name} from your team {team} for {competition}.} NO_SHOW {{name} hadn’t checked in to {competition} after it started, so the organizer has released their place in your team {team}.} CAPTAIN {{isCaptain, select, yes {You’re the captain of your team {team} for {competition} now. You register the team, confirm its place and can withdraw it.} other {{name} is the captain of your team {team} for {competition} now.}}} other {A member of your team {team} for {competition} has deleted their account.}}',
    },
    belowMinimum: {
      title: '{team} needs {missing, plural, one {# more member} other {# more members}}: {competition}',
      text: 'Your team {team} has become too small for {competition}: {missing, plural, one {# more person has} other {# more people have}} to join by {when}. Otherwise the team’s registration ends.',
      note: 'You’ll find the join code on the team’s page.',
    },
    tooSmall: {
      title: '{team} was too small: {competition}',
      text: 'Teams need at least {teamMin, plural, one {# member} other {# members}} in {competition}. Your team {team} had fewer when the teams were fixed, so its registration has ended.',
    },
  },
  newSignIn: {
    title: 'New sign-in to your account',
    text: 'Someone signed in to your account on a device we haven’t seen before.',
    note: 'If this was you, you’re all set. If not, change your password: that signs out all other sessions.',
  },
  staffInvited: {
    title: 'You’re invited to help with {competition}',
    text: '{inviter} invites you to the staff of {competition} as {role, select, OWNER {an owner} MANAGER {a manager} REVIEWER {a reviewer} other {check-in staff}}.',
    textAnonymous:
      'You’re invited to the staff of {competition} as {role, select, OWNER {an owner} MANAGER {a manager} REVIEWER {a reviewer} other {check-in staff}}.',
    note: 'Sign in with {email} to accept. The invitation is valid until {when}.',
  },
  staffJoined: {
    title: 'New on the staff: {competition}',
    text: '{name} accepted the invitation and is now on the staff of {competition} as {role, select, OWNER {an owner} MANAGER {a manager} REVIEWER {a reviewer} other {check-in staff}}.',
  },
  staffRemoved: {
    title: 'You’re no longer on the staff: {competition}',
    text: 'An owner removed you from the staff of {competition}.',
  },
  staffRoleChanged: {
    title: 'Your role has changed: {competition}',
    text: 'You’re now on the staff of {competition} as {role, select, OWNER {an owner} MANAGER {a manager} REVIEWER {a reviewer} other {check-in staff}}.',
  },
  invited: {
    title: 'You’re invited: {competition}',
    text: '{inviter} invites you to take part in {competition}. A seat is reserved for you.',
    textAnonymous: 'You’re invited to take part in {competition}. A seat is reserved for you.',
    message: 'The organizer writes:',
    note: 'Sign in with {email} to accept. The seat is reserved until {when}; after that it goes to someone else.',
  },
  invitationWithdrawn: {
    title: 'Invitation withdrawn: {competition}',
    text: 'The organizer withdrew your invitation to {competition}, so no seat is reserved for you anymore.',
    cancelled: 'The organizer canceled {competition}, so your invitation has ended.',
  },
  invitationExpired: {
    title: 'Invitation expired: {competition}',
    text: 'The invitation to {competition} wasn’t accepted by {when}, so its seat isn’t reserved for you anymore.',
    note: 'See the competition’s page to find out if you can still take part.',
  },
  resetLink: {
    title: 'Set a new password',
    text: 'Someone, hopefully you, asked to reset the password of your account. The link works once, within one hour.',
    note: 'If this wasn’t you, you can ignore this email: your password stays the same.',
  },
  verify: {
    title: '{code} is your code for Mini Compete',
    text: 'Enter this code where you asked for it, to verify your email address. It works for 10 minutes. If you’re still in the same browser, you can use the button instead.',
    note: 'Never share this code. If you didn’t ask for it, you can ignore this email: nothing happens without the code.',
  },
  addressChanged: {
    title: 'Your email address is about to change',
    text: 'Someone signed in to your account asked to change its email address. The new address replaces this one as soon as it’s verified.',
    note: 'If this was you, there’s nothing to do here. If not, open your profile right away, cancel the change, and change your password: that signs out all other sessions. If you can’t sign in anymore, contact the people who run this site.',
  },
  exportReady: {
    title: 'Your data is ready to download',
    text: 'You asked for a file with everything we store about you. You can download it on your profile page for 7 days.',
    note: 'If you didn’t ask for it, change your password: someone else may be signed in to your account.',
  },
  /** What takes the place of placeholders in announcements, and the subject of a test. */
  announcement: {
    testSubject: 'Test: {subject}',
    everyone: 'everyone',
    noDate: 'not decided yet',
  },
  /** Before what the staff adds to a message. */
  organizerNote: 'A note from the organizer:',
  /** Labels, each before a value on a line of its own. */
  details: {
    when: 'When',
    where: 'Where',
    reason: 'Reason',
    device: 'Device',
    address: 'IP address',
    newEmail: 'New address',
  },
  /** Of a session, also in the list of a person's sessions. */
  device: {
    onSystem: '{browser} on {system}',
    unknown: 'Unknown device',
  },
  frame: {
    greeting: 'Hello {name},',
    greetingOnly: 'Hello,',
    viewCompetition: 'View the competition',
    ticket: 'Your ticket',
    ticketNumber: 'Ticket number {number}',
    ticketPicture: 'QR code of your ticket',
    ticketHint: 'Show this code at the entrance, on your phone or on paper.',
    showTicket: 'Show ticket',
    confirmSeat: 'Confirm your seat',
    viewTeam: 'View the team',
    viewInvitation: 'View the invitation',
    viewStaff: 'View the staff',
    manageCompetition: 'Manage the competition',
    reviewSessions: 'Review your sessions',
    setPassword: 'Set a new password',
    verify: 'Verify email address',
    openProfile: 'Open your profile',
    leaveQuestion: 'Can’t make it?',
    leave: 'Leave the competition',
    leaveTeam: 'Leave the team',
    footer: 'You’re receiving this because you have an account at Mini Compete.',
    footerInvited: 'Someone invited this address at Mini Compete. If you don’t know them, you can ignore this email.',
    footerAnnouncement: 'You’re receiving this because you registered for a competition.',
    unsubscribeQuestion: 'No more announcements about this competition?',
    unsubscribe: 'Unsubscribe',
    mailbox: 'All your messages',
  },
} as const;
