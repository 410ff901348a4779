import type {
  CheckInDay,
  DecidedScans,
  DecideScans,
  MyTicket,
  NoShowPreview,
  UndoCheckIn,
  UndoneCheckIn,
} from '@mini-compete/shared/check-ins';
import type { PendingAct } from '@mini-compete/shared/pending-acts';
import { publicApiOrigin } from '@/lib/config';
import type { Call } from './client';

const path = (competitionId: string, rest: string) =>
  `/competitions/${encodeURIComponent(competitionId)}/${rest}` as const;
const withKey = (key: string) => ({ headers: { 'idempotency-key': key } });

/** Fails with TICKET_NOT_FOUND while the person has no seat. */
export const getMyTicket = (call: Call, competitionId: string) => call<MyTicket>(path(competitionId, 'ticket'));

export const getCheckInDay = (call: Call, competitionId: string, signal?: AbortSignal) =>
  call<CheckInDay>(path(competitionId, 'check-ins'), signal ? { signal } : {});

/** URL of the event stream of the numbers. */
export const checkInEventsUrl = (competitionId: string): string =>
  `${publicApiOrigin}/api${path(competitionId, 'check-ins/events')}`;

export const undoCheckIn = (call: Call, competitionId: string, body: UndoCheckIn, key: string) =>
  call<UndoneCheckIn>(path(competitionId, 'check-ins/undo'), { method: 'POST', body, ...withKey(key) });

/** Scans of a person whose role had ended. */
export const decideScans = (call: Call, competitionId: string, body: DecideScans, key: string) =>
  call<DecidedScans>(path(competitionId, 'check-ins/decide'), {
    method: 'POST',
    body,
    ...withKey(key),
  });

export const previewNoShows = (call: Call, competitionId: string) =>
  call<NoShowPreview>(path(competitionId, 'no-shows'));

/** Nothing happens for ten seconds, in which the act can be undone. */
export const releaseNoShows = (call: Call, competitionId: string, withoutDoors: readonly string[], key: string) =>
  call<PendingAct>(path(competitionId, 'no-shows/release'), {
    method: 'POST',
    body: { withoutDoors },
    ...withKey(key),
  });
