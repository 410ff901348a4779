import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { readCompetition } from '@/app/competitions/[id]/competition';
import { EditFormInBrowser } from '@/components/competitions/editing/edit-form-in-browser';
import { EndCompetition } from '@/components/competitions/editing/end-competition';
import { Notice } from '@/components/ui/notice';
import { competitionPath } from '@/lib/paths';
import { requireReader } from '@/lib/session';

export const metadata: Metadata = { title: 'Edit' };

type Props = { params: Promise<{ id: string }> };

export default async function EditCompetition({ params }: Props) {
  const { id } = await params;
  const reader = await requireReader(`${competitionPath(id)}/edit`, 'ORGANIZER', 'ADMIN');
  const competition = await readCompetition(id);
  if (reader.role !== 'ADMIN' && competition.organizer.id !== reader.id) redirect(competitionPath(id));
  return (
    <>
      <Link href={competitionPath(id)} className="link text-sm text-muted">
        {competition.title}
      </Link>
      <h1 className="mt-4 mb-8 text-2xl">Edit</h1>
      {competition.status === 'cancelled' ? (
        <Notice title="This competition has been cancelled">There is nothing left to change.</Notice>
      ) : (
        <EditFormInBrowser competition={competition} />
      )}
      <div className="mt-12">
        <EndCompetition competition={competition} />
      </div>
    </>
  );
}
