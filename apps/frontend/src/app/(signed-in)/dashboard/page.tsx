import type { Role } from '@mini-compete/shared/auth';
import { redirect } from 'next/navigation';
import { requireUser } from '@/lib/session';

const DASHBOARDS: Record<Role, string> = {
  PARTICIPANT: '/registrations',
  ORGANIZER: '/organize',
  ADMIN: '/admin/jobs',
};

/** An address that older clients and documents name. */
export default async function Dashboard() {
  const { role } = await requireUser('/dashboard');
  redirect(DASHBOARDS[role]);
}
