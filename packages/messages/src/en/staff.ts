/** The staff of a competition: members, roles and open invitations. */
export const staff = {
  metaTitle: 'Staff of {title}',
  rolesTitle: 'What each role can do',
  roleText: {
    OWNER: 'Everything, including the staff and deleting the competition.',
    MANAGER: 'Edit and cancel the competition, see and remove people, see the staff.',
    REVIEWER: 'Review applications, once this competition takes any.',
    SCANNER: 'Check people in when the competition starts.',
  },
  members: {
    title: '{count, plural, one {# person on the staff} other {# people on the staff}}',
    you: 'You',
    since: 'Since {when}',
    roleOf: 'Role of {name}',
    changed: '{name}: {role}',
    remove: 'Remove…',
    removeName: 'Remove {name} from the staff',
    leave: 'Leave…',
  },
  ownRole: {
    title: 'Give up being an owner?',
    text: 'You won’t be able to manage the staff anymore. Only another owner can give you the role back.',
    confirm: 'Change my role',
  },
  remove: {
    title: 'Remove {name} from the staff?',
    text: 'They lose access right away and get a message. Invitations they’ve sent are withdrawn.',
    confirm: 'Remove and notify',
    done: '{name} is no longer on the staff.',
  },
  leave: {
    title: 'Leave the staff?',
    text: 'You lose access to “{title}” right away. To come back, you need a new invitation.',
    confirm: 'Leave the staff',
    done: 'You’re no longer on the staff of “{title}”.',
  },
  invite: {
    title: 'Invite someone',
    email: 'Email',
    emailHelp: 'They don’t need an account yet. Only this address can accept.',
    role: 'Role',
    submit: 'Send invitation',
    sent: 'Invitation for {email} is on its way.',
  },
  invitations: {
    title: '{count, plural, one {# open invitation} other {# open invitations}}',
    expires: 'Expires {when}',
    by: 'Invited by <n>{name}</n>',
    copy: 'Copy link',
    copyFor: 'Copy the link for {email}',
    copied: 'Link copied',
    resend: 'Send again',
    resendTo: 'Send the invitation to {email} again',
    withdraw: 'Withdraw',
    withdrawFrom: 'Withdraw the invitation to {email}',
    withdrawn: 'Invitation to {email} withdrawn.',
  },
  limited: {
    title: 'Your role: {role}',
    leave: 'Leave the staff…',
    REVIEWER:
      'You read applications and review them. People register for this competition without applying, so there’s nothing to review right now.',
    SCANNER:
      'You check people in at the door. You can’t scan here yet, so ask the organizers for the printed check-in list.',
    seeing: 'You see the competition like everyone else. If your role changes, you get a message.',
  },
} as const;
