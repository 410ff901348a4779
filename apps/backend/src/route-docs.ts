import { ACCOUNTS } from './accounts/accounts.docs.js';
import { COMPETITIONS } from './competitions/competitions.docs.js';
import { MAILBOX } from './messaging/mailbox/mailbox.docs.js';
import { CONSOLE } from './operations/console/console.docs.js';
import { PRIVACY } from './operations/privacy/privacy.docs.js';
import { HEALTH } from './platform/health/health.docs.js';
import type { RouteDocs } from './platform/openapi/route-doc.js';
import { REGISTRATIONS } from './registrations/registrations.docs.js';

/** The documentation of all routes, for the OpenAPI document. Each feature contributes its own. */
export const ROUTE_DOCS: RouteDocs = {
  ...ACCOUNTS,
  ...COMPETITIONS,
  ...REGISTRATIONS,
  ...MAILBOX,
  ...CONSOLE,
  ...PRIVACY,
  ...HEALTH,
};
