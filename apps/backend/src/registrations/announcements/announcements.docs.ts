import {
  Announcement,
  AnnouncementChanged,
  AnnouncementPage,
  AnnouncementPreview,
  PublishedAnnouncements,
  RecipientPage,
  Subscription,
  TestSent,
} from '@mini-compete/shared/announcements';
import { Id } from '@mini-compete/shared/common';
import { PendingAct } from '@mini-compete/shared/pending-acts';
import { z } from 'zod';
import type { RouteDocs } from '../../platform/openapi/route-doc.js';

const tag = 'Announcements';
const path = '/api/competitions/{id}/announcements';

export const ANNOUNCEMENTS: RouteDocs = {
  [`GET ${path}`]: {
    tag,
    summary: 'List announcements and drafts, newest first',
    responses: { 200: AnnouncementPage },
  },
  [`POST ${path}`]: {
    tag,
    summary: 'Write a draft',
    description:
      'Subject and body may have the placeholders `{{name}}`, `{{competition}}` and `{{start}}`, the body also `{{ticketLink}}` and `{{leaveLink}}`. The body is Markdown. The audience is `{"everyone": true}`, all with an active registration, or people with one of the `statuses`. `answers` keeps those of them who chose one of the answers in `anyOf` to each `question`: the text of an option, `true` or `false`. `teams` keeps the members of these teams.',
    responses: { 201: AnnouncementChanged },
    key: true,
  },
  [`GET ${path}/published`]: {
    tag,
    summary: 'List the announcements on the page of a competition',
    description: 'The latest ones that were sent. What is personal in them is replaced by what is true for everyone.',
    responses: { 200: PublishedAnnouncements },
    errors: ['COMPETITION_NOT_FOUND'],
  },
  [`GET ${path}/{announcementId}`]: {
    tag,
    summary: 'Read an announcement, its progress and its deliveries',
    responses: { 200: Announcement },
    errors: ['ANNOUNCEMENT_NOT_FOUND'],
  },
  [`PATCH ${path}/{announcementId}`]: {
    tag,
    summary: 'Edit a draft',
    responses: { 200: AnnouncementChanged },
    errors: ['ANNOUNCEMENT_NOT_FOUND', 'ANNOUNCEMENT_SENT', 'VERSION_STALE', 'VERSION_REQUIRED'],
    key: true,
    ifMatch: true,
  },
  [`DELETE ${path}/{announcementId}`]: {
    tag,
    summary: 'Delete a draft',
    responses: { 200: z.object({ id: Id }).meta({ id: 'AnnouncementDeleted' }) },
    errors: ['ANNOUNCEMENT_NOT_FOUND', 'ANNOUNCEMENT_SENT'],
    key: true,
  },
  [`POST ${path}/{announcementId}/test`]: {
    tag,
    summary: 'Send a draft to myself',
    responses: { 202: TestSent },
    errors: ['ANNOUNCEMENT_NOT_FOUND', 'ANNOUNCEMENT_SENT', 'UPGRADE_IN_PROGRESS'],
    key: true,
  },
  [`POST ${path}/{announcementId}/preview`]: {
    tag,
    summary: 'See who would get a draft, and how they would read it',
    description: 'Keeps whom it shows for a day: sending names the preview, so nobody gets an announcement unseen.',
    responses: { 200: AnnouncementPreview },
    errors: ['ANNOUNCEMENT_NOT_FOUND', 'ANNOUNCEMENT_SENT', 'AUDIENCE_OUTDATED'],
  },
  [`POST ${path}/{announcementId}/send`]: {
    tag,
    summary: 'Send a draft to the people of a preview',
    description:
      'Nothing happens for ten seconds, in which any manager can undo the act. Then the recipients are frozen: those of the preview who are still in the audience. PREVIEW_OUTDATED when the draft was edited after the preview, AUDIENCE_OUTDATED when a question or an option of its audience is no longer offered.',
    responses: { 202: PendingAct },
    errors: [
      'ANNOUNCEMENT_NOT_FOUND',
      'ANNOUNCEMENT_SENT',
      'PREVIEW_OUTDATED',
      'AUDIENCE_OUTDATED',
      'NO_RECIPIENTS',
      'QUOTA_EXCEEDED',
      'EMAIL_NOT_VERIFIED',
      'UPGRADE_IN_PROGRESS',
    ],
    key: true,
  },
  [`POST ${path}/{announcementId}/stop`]: {
    tag,
    summary: 'Stop an announcement',
    description:
      'Messages that are not written yet and mails that have not begun do not go out. Stopping again changes nothing.',
    responses: { 200: AnnouncementChanged },
    errors: ['ANNOUNCEMENT_NOT_FOUND', 'ANNOUNCEMENT_NOT_SENDING'],
    key: true,
  },
  [`GET ${path}/{announcementId}/recipients`]: {
    tag,
    summary: 'List recipients and their delivery status',
    responses: { 200: RecipientPage },
    errors: ['ANNOUNCEMENT_NOT_FOUND'],
  },
  'GET /api/subscriptions': {
    tag,
    summary: 'Read whether the person of a link gets announcements',
    responses: { 200: Subscription },
    errors: ['UNSUBSCRIBE_TOKEN_INVALID'],
  },
  'GET /api/subscriptions/unsubscribe': {
    tag,
    summary: 'Open the page of the link',
    description: 'For people who open the address of `List-Unsubscribe` in a browser. Changes nothing.',
    responses: { 303: null },
  },
  'POST /api/subscriptions/unsubscribe': {
    tag,
    summary: 'Unsubscribe from the announcements of a competition',
    description:
      'The one click of a mail program (RFC 8058), or of the page. The body is not read. Again changes nothing.',
    responses: { 200: Subscription },
    errors: ['UNSUBSCRIBE_TOKEN_INVALID'],
  },
  'POST /api/subscriptions/subscribe': {
    tag,
    summary: 'Take unsubscribing back',
    responses: { 200: Subscription },
    errors: ['UNSUBSCRIBE_TOKEN_INVALID'],
  },
};
