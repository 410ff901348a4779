import { ACCOUNTS } from './accounts/accounts.docs.js';
import { PENDING_ACTS } from './competitions/acts/pending-acts.docs.js';
import { COMPETITIONS } from './competitions/catalog/competitions.docs.js';
import { COVERS } from './competitions/covers/covers.docs.js';
import { EDITING } from './competitions/editing/editing.docs.js';
import { HISTORY } from './competitions/history/history.docs.js';
import { MESSAGE_NOTES } from './competitions/message-notes/message-notes.docs.js';
import { ORGANIZERS } from './competitions/organizers/organizers.docs.js';
import { SEAT_EVENTS } from './competitions/seats/seat-events.docs.js';
import { SITEMAP } from './competitions/sitemap/sitemap.docs.js';
import { STAFF } from './competitions/staff/staff.docs.js';
import { MAILBOX } from './messaging/mailbox/mailbox.docs.js';
import { CONSOLE } from './operations/console/console.docs.js';
import { INVARIANTS } from './operations/invariants/invariants.docs.js';
import { PRIVACY } from './operations/privacy/privacy.docs.js';
import { HEALTH } from './platform/health/health.docs.js';
import type { RouteDocs } from './platform/openapi/route-doc.js';
import { ANNOUNCEMENTS } from './registrations/announcements/announcements.docs.js';
import { APPLICATIONS } from './registrations/applications/applications.docs.js';
import { CHECK_IN } from './registrations/check-in/check-in.docs.js';
import { IMPORTS } from './registrations/imports/imports.docs.js';
import { INVITATIONS } from './registrations/invitations/invitations.docs.js';
import { QUESTIONS } from './registrations/questions/questions.docs.js';
import { REGISTRATIONS } from './registrations/registrations.docs.js';
import { TEAMS } from './registrations/teams/teams.docs.js';

/** The documentation of all routes, for the OpenAPI document. Each feature contributes its own. */
export const ROUTE_DOCS: RouteDocs = {
  ...ACCOUNTS,
  ...COMPETITIONS,
  ...EDITING,
  ...COVERS,
  ...SEAT_EVENTS,
  ...STAFF,
  ...PENDING_ACTS,
  ...HISTORY,
  ...MESSAGE_NOTES,
  ...ORGANIZERS,
  ...SITEMAP,
  ...REGISTRATIONS,
  ...APPLICATIONS,
  ...TEAMS,
  ...QUESTIONS,
  ...INVITATIONS,
  ...IMPORTS,
  ...ANNOUNCEMENTS,
  ...CHECK_IN,
  ...MAILBOX,
  ...CONSOLE,
  ...INVARIANTS,
  ...PRIVACY,
  ...HEALTH,
};
