/** A team as its members see it, in the registration panel and on its own page. */
export const team = {
  captain: 'Captain',
  you: 'You',
  members: 'Members',
  count: '{count, number} of {max, plural, one {# member} other {# members}}',
  missing: '{count, plural, one {At least one more member is needed.} other {At least # more members are needed.}}',
  /** A registered team that has become too small. */
  below: {
    title: '{count, plural, one {Your team is one member short} other {Your team is # members short}}',
    text: 'Teams have at least {min, plural, one {# member} other {# members}}. If nobody joins by {when}, your team’s registration ends.',
  },
  /** Nobody can join any more. */
  tooSmall: 'Teams are fixed, and yours has too few members to register.',
  ineligible: {
    DISABLED: 'This account has been disabled',
    STAFF: 'On the staff of this competition',
    EMAIL_NOT_VERIFIED: 'Email address not verified yet',
    ANSWERS_MISSING: 'Answers missing',
  },
  mine: {
    EMAIL_NOT_VERIFIED: '<link>Verify your email address</link>',
    ANSWERS_MISSING: '<link>Answer the questions</link>',
  },
  code: {
    title: 'Invite people',
    label: 'Join code',
    until: 'Anyone with this code can join until {when}.',
    copy: 'Copy code',
    copyLink: 'Copy link',
    share: 'Share…',
    shareText: 'Join my team {team} for {title}.',
    copied: 'Code copied',
    linkCopied: 'Link copied',
    notCopied: 'Copying isn’t allowed here. Select the code and copy it yourself.',
    full: 'Your team is full, so nobody else can join.',
    locked: 'Teams have been fixed since {when}, so nobody else can join.',
  },
} as const;
