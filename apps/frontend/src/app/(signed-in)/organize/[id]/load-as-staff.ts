import 'server-only';
import type { User } from '@mini-compete/shared/auth';
import type { Competition } from '@mini-compete/shared/competitions';
import { may, type Permission } from '@mini-compete/shared/permissions';
import { redirect } from 'next/navigation';
import { loadCompetition } from '@/app/competitions/[id]/load-competition';
import { competitionPath } from '@/lib/paths';
import { requireUser } from '@/lib/session';

/** For staff with the permission. Everybody else gets the public page. */
export async function loadAsStaff(
  id: string,
  path: string,
  permission: Permission,
): Promise<{ competition: Competition; user: User }> {
  const user = await requireUser(path);
  const competition = await loadCompetition(id);
  if (!may(competition.staffRole, permission)) redirect(competitionPath(id));
  return { competition, user };
}
