import { may } from '@mini-compete/shared/permissions';
import { getMe } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';
import { getCompetition } from '@/lib/api/competitions';
import { isApiError, needsSignIn } from '@/lib/api/problem';
import type { DoorState } from './door-state';

/** Before anybody names a door: whether they may check people in. Without a network it is not known. */
export async function findAccess(competitionId: string): Promise<Partial<Pick<DoorState, 'title' | 'sync'>>> {
  try {
    // A draft is unknown to strangers, so the account is asked for first.
    await getMe(call);
    const { title, staffRole } = await getCompetition(call, competitionId);
    return { title, sync: may(staffRole, 'checkIn') ? null : 'NO_ACCESS' };
  } catch (error) {
    if (needsSignIn(error)) return { sync: 'SIGN_IN' };
    return isApiError(error, 'COMPETITION_NOT_FOUND') ? { sync: 'NO_ACCESS' } : {};
  }
}
