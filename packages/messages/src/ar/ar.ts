import { accounts } from './accounts.js';
import { acts } from './acts.js';
import { announcements } from './announcements.js';
import { applications } from './applications.js';
import { catalog } from './catalog.js';
import { checkInDay } from './check-in-day.js';
import { common } from './common.js';
import { console } from './console.js';
import { door } from './door.js';
import { editing } from './editing.js';
import { fallback } from './fallback.js';
import { history } from './history.js';
import { imports } from './imports.js';
import { invitation } from './invitation.js';
import { invitations } from './invitations.js';
import { joinTeam } from './join-team.js';
import { layout } from './layout.js';
import { mail } from './mail.js';
import { mailbox } from './mailbox.js';
import { messageNotes } from './message-notes.js';
import { organizers } from './organizers.js';
import { organizing } from './organizing.js';
import { panel } from './panel.js';
import { problems } from './problems.js';
import { questionBuilder } from './question-builder.js';
import { questions } from './questions.js';
import { registrants } from './registrants.js';
import { registrations } from './registrations.js';
import { serverPages } from './server-pages.js';
import { share } from './share.js';
import { staff } from './staff.js';
import { staffInvitation } from './staff-invitation.js';
import { statistics } from './statistics.js';
import { subscription } from './subscription.js';
import { team } from './team.js';
import { teamList } from './team-list.js';
import { teamPage } from './team-page.js';
import { teamPanel } from './team-panel.js';
import { ticket } from './ticket.js';
import { validation } from './validation.js';
import { verification } from './verification.js';

export const ar = {
  accounts,
  acts,
  applications,
  announcements,
  catalog,
  checkInDay,
  common,
  console,
  door,
  editing,
  fallback,
  history,
  imports,
  invitation,
  invitations,
  joinTeam,
  layout,
  mail,
  mailbox,
  messageNotes,
  organizers,
  organizing,
  panel,
  problems,
  questionBuilder,
  questions,
  registrants,
  registrations,
  serverPages,
  share,
  staff,
  staffInvitation,
  statistics,
  subscription,
  team,
  teamList,
  teamPage,
  teamPanel,
  ticket,
  validation,
  verification,
} as const;
