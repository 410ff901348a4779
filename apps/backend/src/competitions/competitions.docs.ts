import {
  CancelledCompetition,
  Competition,
  CompetitionPage,
  CompetitionStats,
  DescriptionPreview,
  MyCompetitionPage,
} from '@mini-compete/shared/competitions';
import { HistoryPage } from '@mini-compete/shared/history';
import { OrganizerPage, OrganizerProfile } from '@mini-compete/shared/organizers';
import { PendingActs, UndoneAct } from '@mini-compete/shared/pending-acts';
import { PICTURE_TYPES } from '@mini-compete/shared/picture-limits';
import { Sitemap } from '@mini-compete/shared/sitemap';
import {
  AcceptedStaffInvitation,
  ReceivedStaffInvitation,
  RemovedStaff,
  Staff,
  StaffInvitation,
  StaffMember,
} from '@mini-compete/shared/staff';
import type { RouteDocs } from '../platform/openapi/route-doc.js';

const PICTURES = ['image/webp', 'image/jpeg'].map((type) => ({ type, description: 'The picture' }));

export const COMPETITIONS: RouteDocs = {
  'GET /api/competitions': {
    tag: 'Competitions',
    summary: 'List and search',
    description: 'Words match by prefix. Words of four letters or more tolerate a small typo.',
    responses: { 200: CompetitionPage },
    errors: ['TOO_MANY_REQUESTS'],
  },
  'POST /api/competitions': {
    tag: 'Competitions',
    summary: 'Create',
    description:
      'Public by default. A draft is seen by its staff only and takes no registrations; an unlisted competition is reached by its address only.',
    responses: { 201: Competition },
    errors: ['EMAIL_NOT_VERIFIED', 'UPGRADE_IN_PROGRESS'],
    key: true,
  },
  'POST /api/competitions/preview-description': {
    tag: 'Organizing',
    summary: 'Render a description without saving it',
    responses: { 200: DescriptionPreview },
  },
  'GET /api/competitions/{id}': {
    tag: 'Competitions',
    summary: 'Read one',
    description:
      'With the version as ETag, but never a 304. With the active registration of the signed-in participant. `description` is Markdown; `descriptionHtml` is the same as HTML that is safe to insert into a page.',
    responses: { 200: Competition },
    errors: ['COMPETITION_NOT_FOUND'],
  },
  'GET /api/competitions/{id}/calendar.ics': {
    tag: 'Competitions',
    summary: 'Read the date as a calendar entry',
    responses: { 200: { type: 'text/calendar', description: 'iCalendar' } },
    errors: ['COMPETITION_NOT_FOUND'],
  },
  'GET /api/competitions/{id}/events': {
    tag: 'Competitions',
    summary: 'Subscribe to the seats',
    description:
      'Server-sent events. `event: seats` contains a SeatsEvent as JSON, normally within a second of a change; changes are coalesced into the latest state. For a participant who is on the waitlist when the stream begins, `event: registration` contains a RegistrationEvent as JSON: the position, after each move the new one, and in the end the status PENDING, CONFIRMED or CANCELLED. Reconnect after joining the waitlist. `event: heartbeat` is sent every 15 s: after a longer silence, reconnect. Reconnect with Last-Event-ID to resume.',
    responses: { 200: { type: 'text/event-stream', description: 'A stream without an end' } },
    errors: ['COMPETITION_NOT_FOUND'],
  },
  'GET /api/competitions/my-competitions': {
    tag: 'Organizing',
    summary: 'List my competitions with counts',
    description: 'Counts registrations per day of the time zone `zone`, an IANA name.',
    responses: { 200: MyCompetitionPage },
  },
  'PATCH /api/competitions/{id}': {
    tag: 'Organizing',
    summary: 'Edit',
    description:
      'The version counts the edits of organizers. Registrations do not change it, nor does an edit without changes. VERSION_STALE contains the current competition. A competition goes back to DRAFT only while nobody is active in it.',
    responses: { 200: Competition },
    errors: [
      'COMPETITION_NOT_FOUND',
      'COMPETITION_CANCELLED',
      'CAPACITY_BELOW_SEATED',
      'HAS_REGISTRATIONS',
      'UPGRADE_IN_PROGRESS',
      'VERSION_STALE',
      'VERSION_REQUIRED',
    ],
    ifMatch: true,
  },
  'PUT /api/competitions/{id}/cover': {
    tag: 'Organizing',
    summary: 'Upload a cover picture',
    description:
      'The body is the picture: JPEG, PNG or WebP, whatever the Content-Type says; at most 8 MB and 40 megapixels, at least 400 pixels wide and 200 high. It is turned upright, cut to 2:1 around its center, and stored as WebP in sRGB, without its metadata. `alt` describes it for people who cannot see it. Uploading the same picture again changes nothing.',
    responses: { 200: Competition },
    upload: PICTURE_TYPES,
    errors: ['COMPETITION_NOT_FOUND', 'FORBIDDEN', 'COMPETITION_CANCELLED', 'PICTURE_UNREADABLE'],
  },
  'PATCH /api/competitions/{id}/cover': {
    tag: 'Organizing',
    summary: 'Describe the cover picture',
    responses: { 200: Competition },
    errors: ['COMPETITION_NOT_FOUND', 'COVER_NOT_FOUND', 'FORBIDDEN', 'COMPETITION_CANCELLED'],
  },
  'DELETE /api/competitions/{id}/cover': {
    tag: 'Organizing',
    summary: 'Remove the cover picture',
    description: 'Does nothing when there is none.',
    responses: { 200: Competition },
    errors: ['COMPETITION_NOT_FOUND', 'FORBIDDEN', 'COMPETITION_CANCELLED'],
  },
  'GET /api/covers/{name}': {
    tag: 'Competitions',
    summary: 'Read a cover picture',
    description: 'The name depends on the content, so caches may keep it forever.',
    responses: { 200: PICTURES, 304: null },
    errors: ['COVER_NOT_FOUND'],
  },
  'POST /api/competitions/{id}/cancel': {
    tag: 'Organizing',
    summary: 'Cancel',
    description: 'Ends all registrations and sends everyone a message. Canceling again returns the same response.',
    responses: { 200: CancelledCompetition },
    errors: ['COMPETITION_NOT_FOUND'],
    key: true,
  },
  'DELETE /api/competitions/{id}': {
    tag: 'Organizing',
    summary: 'Delete',
    description: 'Only without active registrations. The competition disappears from all lists; its history is kept.',
    responses: { 204: null },
    errors: ['COMPETITION_NOT_FOUND', 'HAS_REGISTRATIONS'],
  },
  'GET /api/organizers/{id}': {
    tag: 'Competitions',
    summary: 'Read the page of an organizer',
    description:
      'With the public competitions: those ahead first, soonest first, then past ones. Without public competitions and without a text there is no page.',
    responses: { 200: OrganizerPage },
    errors: ['ORGANIZER_NOT_FOUND'],
  },
  'GET /api/organizers/me': {
    tag: 'Organizing',
    summary: 'Read what I wrote on my page',
    responses: { 200: OrganizerProfile },
    errors: ['ORGANIZER_NOT_FOUND'],
  },
  'PUT /api/organizers/me': {
    tag: 'Organizing',
    summary: 'Write on my page',
    description: 'Replaces the text, which is Markdown, and the links.',
    responses: { 200: OrganizerProfile },
  },
  'GET /api/sitemap': {
    tag: 'Competitions',
    summary: 'List what search engines may find',
    description: 'The newest 10,000 public competitions and their organizers, at most a minute old.',
    responses: { 200: Sitemap },
  },
  'GET /api/competitions/{id}/stats': {
    tag: 'Organizing',
    summary: 'Read statistics',
    description: 'Counts per hour or day of the time zone `zone`, an IANA name.',
    responses: { 200: CompetitionStats },
    errors: ['COMPETITION_NOT_FOUND', 'TOO_MANY_REQUESTS'],
  },
  'GET /api/competitions/{id}/staff': {
    tag: 'Staff',
    summary: 'List the staff and the open invitations',
    description: 'Links of invitations only for those who may invite.',
    responses: { 200: Staff },
  },
  'POST /api/competitions/{id}/staff': {
    tag: 'Staff',
    summary: 'Invite to the staff',
    description:
      'Sends an invitation to the address, which may have no account. It is valid for seven days; only an account with this address, verified, can accept it. Inviting an address again renews its invitation, also with another role, and sends it again.',
    responses: { 201: StaffInvitation },
    errors: ['EMAIL_NOT_VERIFIED', 'ALREADY_STAFF', 'STAFF_LIMIT_REACHED', 'TOO_MANY_REQUESTS', 'UPGRADE_IN_PROGRESS'],
    key: true,
  },
  'PATCH /api/competitions/{id}/staff/{staffId}': {
    tag: 'Staff',
    summary: 'Change the role of a member',
    description:
      'When the organizer stops being an owner, the owner who has been on the staff for the longest time becomes the organizer. Open invitations of a member who may no longer invite are withdrawn.',
    responses: { 200: StaffMember },
    errors: ['STAFF_NOT_FOUND', 'LAST_OWNER'],
    key: true,
  },
  'DELETE /api/competitions/{id}/staff/{staffId}': {
    tag: 'Staff',
    summary: 'Remove a member, or leave the staff',
    description: 'Everybody on the staff may remove themselves, except for the last owner.',
    responses: { 200: RemovedStaff },
    errors: ['STAFF_NOT_FOUND', 'LAST_OWNER'],
    key: true,
  },
  'DELETE /api/competitions/{id}/staff/invitations/{invitationId}': {
    tag: 'Staff',
    summary: 'Withdraw an invitation',
    responses: { 200: RemovedStaff },
    errors: ['STAFF_INVITATION_NOT_FOUND'],
    key: true,
  },
  'GET /api/staff-invitations/{token}': {
    tag: 'Staff',
    summary: 'Read an invitation to the staff',
    description: 'For the account with the invited address. `obstacle` says why it cannot be accepted at the moment.',
    responses: { 200: ReceivedStaffInvitation },
    errors: [
      'COMPETITION_NOT_FOUND',
      'STAFF_INVITATION_NOT_FOUND',
      'STAFF_INVITATION_FOR_OTHER',
      'ALREADY_STAFF',
      'STAFF_INVITATION_USED',
      'STAFF_INVITATION_WITHDRAWN',
      'STAFF_INVITATION_EXPIRED',
    ],
  },
  'POST /api/staff-invitations/{token}/accept': {
    tag: 'Staff',
    summary: 'Accept an invitation to the staff',
    description:
      'Only with the invited address, verified. Nobody is on the staff of a competition and registered for it: leave it first.',
    responses: { 200: AcceptedStaffInvitation },
    errors: [
      'COMPETITION_NOT_FOUND',
      'EMAIL_NOT_VERIFIED',
      'STAFF_INVITATION_NOT_FOUND',
      'STAFF_INVITATION_FOR_OTHER',
      'ALREADY_STAFF',
      'REGISTERED_HERE',
      'STAFF_INVITATION_USED',
      'STAFF_INVITATION_WITHDRAWN',
      'STAFF_INVITATION_EXPIRED',
      'UPGRADE_IN_PROGRESS',
    ],
    key: true,
  },
  'GET /api/competitions/{id}/pending-acts': {
    tag: 'Organizing',
    summary: 'List what runs soon and can be undone',
    responses: { 200: PendingActs },
    errors: ['COMPETITION_NOT_FOUND'],
  },
  'POST /api/competitions/{id}/pending-acts/{actId}/undo': {
    tag: 'Organizing',
    summary: 'Undo a pending act',
    description:
      'Works until a worker has started it. Undoing again returns the same response. An undone cancellation reopens the competition.',
    responses: { 200: UndoneAct },
    errors: ['COMPETITION_NOT_FOUND', 'ACT_NOT_FOUND', 'TOO_LATE_TO_UNDO'],
    key: true,
  },
  'GET /api/competitions/{id}/history': {
    tag: 'Organizing',
    summary: 'List what happened, newest first',
    description: 'Who did what, to whom, with the values before and after. Names are those of today.',
    responses: { 200: HistoryPage },
    errors: ['COMPETITION_NOT_FOUND', 'TOO_MANY_REQUESTS'],
  },
};
