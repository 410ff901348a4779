import type { Metadata } from 'next';
import { CreateForm } from '@/components/competitions/editing/create-form';
import { requireUser } from '@/lib/session';

export const metadata: Metadata = { title: 'Create a competition' };

export default async function NewCompetition() {
  await requireUser('/competitions/new', 'ORGANIZER', 'ADMIN');
  return (
    <>
      <h1 className="mb-8 text-2xl">Create a competition</h1>
      <CreateForm />
    </>
  );
}
