import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { loadCompetition } from '@/app/competitions/[id]/load-competition';
import { CancelOrDelete } from '@/components/competitions/editing/cancel-or-delete';
import { EditForm } from '@/components/competitions/editing/edit-form';
import { Notice } from '@/components/ui/notice';
import { competitionPath } from '@/lib/paths';
import { requireUser } from '@/lib/session';

export const metadata: Metadata = { title: 'Edit' };

type Props = { params: Promise<{ id: string }> };

export default async function EditCompetition({ params }: Props) {
  const { id } = await params;
  const user = await requireUser(`${competitionPath(id)}/edit`, 'ORGANIZER', 'ADMIN');
  const competition = await loadCompetition(id);
  if (user.role !== 'ADMIN' && competition.organizer.id !== user.id) redirect(competitionPath(id));
  return (
    <>
      <Link href={competitionPath(id)} className="link text-sm text-muted">
        {competition.title}
      </Link>
      <h1 className="mt-4 mb-8 text-2xl">Edit</h1>
      {competition.status === 'cancelled' ? (
        <Notice title="This competition has been cancelled">There is nothing left to change.</Notice>
      ) : (
        <EditForm competition={competition} />
      )}
      <div className="mt-12">
        <CancelOrDelete competition={competition} />
      </div>
    </>
  );
}
