import type { DoorSnapshot, UploadedScans, UploadScansInput } from '@mini-compete/shared/check-ins';
import type { Call } from './client';

const path = (competitionId: string) => `/competitions/${encodeURIComponent(competitionId)}` as const;

/** The people of a competition, for the door of this browser. */
export const getDoorSnapshot = (call: Call, competitionId: string, door: { id: string; name: string }) =>
  call<DoorSnapshot>(`${path(competitionId)}/door?${new URLSearchParams({ door: door.id, name: door.name })}`);

/** Sending the same scans again is safe: they have ids of their own. */
export const uploadScans = (call: Call, competitionId: string, body: UploadScansInput) =>
  call<UploadedScans>(`${path(competitionId)}/check-ins`, { method: 'POST', body });
