import {
  CheckInDay,
  DecidedScans,
  DoorSnapshot,
  MyTicket,
  NoShowPreview,
  UndoneCheckIn,
  UploadedScans,
} from '@mini-compete/shared/check-ins';
import { PendingAct } from '@mini-compete/shared/pending-acts';
import type { RouteDocs } from '../../platform/openapi/route-doc.js';

const tag = 'Check-in';
const path = '/api/competitions/{id}';

export const CHECK_IN: RouteDocs = {
  [`GET ${path}/ticket`]: {
    tag,
    summary: 'Get my ticket',
    description:
      'For people who have a seat. `ticket` is the text of the QR code: ids and a signature, nothing about the person in clear. It stays the same while the key of the installation does.',
    responses: { 200: MyTicket },
    errors: ['TICKET_NOT_FOUND'],
  },
  [`GET ${path}/door`]: {
    tag,
    summary: 'Open a door, and get its list',
    description:
      'What a device needs to check people in without a network: the people in columns, and the public keys of tickets (Ed25519). `door` is an id that the device has made. Delete the list after 24 hours.',
    responses: { 200: DoorSnapshot },
    errors: ['DOOR_LIMIT_REACHED', 'TOO_MANY_REQUESTS'],
  },
  [`POST ${path}/check-ins`]: {
    tag,
    summary: 'Upload scans',
    description:
      'Up to 500, in any order, as often as you like: a scan is recorded once, by its id. `at` is corrected by `deviceNow`, and is between `snapshotAt` and the receipt. `door` says where it was; a client that is no door leaves it out. The earliest scan of a ticket is the entry, later ones are duplicates. `UNDO` voids the earlier scans of the ticket. `TURNED_AWAY` is never an entry: the door has told the person that the registration had ended. An upload without scans says that the door is in sync. 202: the role of the person has ended, and a manager decides on the scans.',
    responses: { 200: UploadedScans, 202: UploadedScans },
    errors: ['COMPETITION_NOT_FOUND', 'FORBIDDEN', 'DOOR_LIMIT_REACHED'],
  },
  [`GET ${path}/check-ins`]: {
    tag,
    summary: 'Read the day',
    description: 'The numbers, the latest scans, and what managers should look at.',
    responses: { 200: CheckInDay },
  },
  [`GET ${path}/check-ins/events`]: {
    tag,
    summary: 'Subscribe to the numbers of the check-in',
    description:
      'Server-sent events. `event: numbers` contains CheckInNumbers as JSON, within a second of a change. `event: heartbeat` is sent every 10 s. The stream ends when the role of its reader has ended.',
    responses: { 200: { type: 'text/event-stream', description: 'A stream without an end' } },
  },
  [`POST ${path}/check-ins/undo`]: {
    tag,
    summary: 'Undo a check-in',
    description: 'The earlier scans of this ticket do not count, those included that an offline door uploads later.',
    responses: { 200: UndoneCheckIn },
    errors: ['CHECK_IN_NOT_FOUND'],
    key: true,
  },
  [`POST ${path}/check-ins/decide`]: {
    tag,
    summary: 'Accept or discard scans of a person whose role had ended',
    responses: { 200: DecidedScans },
    key: true,
  },
  [`GET ${path}/no-shows`]: {
    tag,
    summary: 'Preview the release of no-shows',
    responses: { 200: NoShowPreview },
  },
  [`POST ${path}/no-shows/release`]: {
    tag,
    summary: 'Release the seats of people who have not come',
    description:
      'After the start. It waits for ten seconds, in which it can be undone; people who come in until then keep their seats. Doors that have not been in sync since the start may know of people who are in: name each of them in `withoutDoors`, or wait. The seats go to the waitlist while people are promoted.',
    responses: { 202: PendingAct },
    errors: ['NOT_STARTED', 'DOORS_NOT_SYNCED', 'NOBODY_ABSENT', 'UPGRADE_IN_PROGRESS'],
    key: true,
  },
};
