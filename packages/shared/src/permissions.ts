// Without Zod: pages import this file, and would have to load Zod as well.

/** Roles on a competition, from the most to the least powerful. */
export const STAFF_ROLES = ['OWNER', 'MANAGER', 'REVIEWER', 'SCANNER'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

const ALL = STAFF_ROLES;
const MANAGERS = ['OWNER', 'MANAGER'] as const;
const OWNERS = ['OWNER'] as const;
const REVIEWERS = ['OWNER', 'MANAGER', 'REVIEWER'] as const;
const SCANNERS = ['OWNER', 'MANAGER', 'SCANNER'] as const;

/** Which roles may do what. Accounts with the role ADMIN count as owners of every competition. */
export const PERMISSIONS = {
  /** See that it exists while it is a draft. */
  see: ALL,
  edit: MANAGERS,
  cancel: MANAGERS,
  delete: OWNERS,
  /** See the staff and the open invitations. */
  readStaff: MANAGERS,
  /** Invite, change and remove staff. Everybody may leave the staff. */
  manageStaff: OWNERS,
  /** The list of registrants, its export, and the statistics. */
  readRegistrants: MANAGERS,
  /** Also to reinstate them. */
  removeRegistrants: MANAGERS,
  /** See what others have started, and stop it before it runs. */
  undo: MANAGERS,
  readHistory: MANAGERS,
  /** Applications and answers, also to review them. */
  readApplications: REVIEWERS,
  decide: REVIEWERS,
  /** Accept the best by the reviews of all applications, not only of those that they have reviewed themselves. */
  rankUnreviewed: MANAGERS,
  invite: MANAGERS,
  import: MANAGERS,
  /** Write to registrants. */
  announce: MANAGERS,
  /** The list of the door: name, team and status of people, and their check-ins. */
  checkIn: SCANNERS,
  /** The day's page: undo check-ins, decide on uploads, release no-shows. */
  manageCheckIn: MANAGERS,
} as const satisfies Record<string, readonly StaffRole[]>;

export type Permission = keyof typeof PERMISSIONS;

/** `role` is null for people who are not on the staff. */
export const may = (role: StaffRole | null, permission: Permission): boolean =>
  (PERMISSIONS[permission] as readonly (StaffRole | null)[]).includes(role);
