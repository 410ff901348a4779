import 'server-only';
import type { User } from '@mini-compete/shared/auth';
import type { Competition } from '@mini-compete/shared/competitions';
import { redirect } from 'next/navigation';
import { loadCompetition } from '@/app/competitions/[id]/load-competition';
import { competitionPath } from '@/lib/paths';
import { requireUser } from '@/lib/session';

/** For its organizer and admins. Everybody else gets its public page. */
export async function loadOwnCompetition(id: string, path: string): Promise<{ competition: Competition; user: User }> {
  const user = await requireUser(path, 'ORGANIZER', 'ADMIN');
  const competition = await loadCompetition(id);
  if (user.role !== 'ADMIN' && competition.organizer.id !== user.id) redirect(competitionPath(id));
  return { competition, user };
}
