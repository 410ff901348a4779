import type { Role } from '@mini-compete/shared/auth';

export type NavLink = { href: string; label: string };

const BY_ROLE: Record<Role, NavLink[]> = {
  PARTICIPANT: [
    { href: '/registrations', label: 'My registrations' },
    { href: '/mailbox', label: 'Mailbox' },
  ],
  ORGANIZER: [
    { href: '/organize', label: 'My competitions' },
    { href: '/mailbox', label: 'Mailbox' },
  ],
  ADMIN: [
    { href: '/organize', label: 'Organize' },
    { href: '/admin/jobs', label: 'Jobs' },
    { href: '/mailbox', label: 'Mailbox' },
  ],
};

/** What the header offers to whom. */
export const navigationFor = (role: Role | undefined): NavLink[] => (role ? BY_ROLE[role] : []);
