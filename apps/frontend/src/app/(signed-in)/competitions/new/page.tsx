import { Id } from '@mini-compete/shared/common';
import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { loadCompetition } from '@/app/competitions/[id]/load-competition';
import { NewCompetition } from '@/components/competitions/editing/new-competition';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getTexts } from '@/lib/i18n/texts.server';
import { verifyEmailPath } from '@/lib/paths';
import { getParam, type SearchParams, withParams } from '@/lib/search-params';
import { requireUser } from '@/lib/session';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts('editing');
  return { title: t('createTitle') };
}

/** `from` is the competition to copy. */
export default async function CreatePage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const from = getParam(await searchParams, 'from');
  const path = withParams('/competitions/new', { from });
  const user = await requireUser(path, 'ORGANIZER', 'ADMIN');
  // Before the form is filled in, not after.
  if (user.verification === 'required') redirect(verifyEmailPath(path));
  const original = Id.safeParse(from).success ? await loadCompetition(from) : undefined;
  const t = await getTexts('editing');
  return (
    <>
      <h1 className="text-2xl">{original ? t('duplicateTitle') : t('createTitle')}</h1>
      {original && <p className="mt-2 text-muted">{t('duplicateText', { title: original.title })}</p>}
      <div className="mt-8">
        <ClientTexts of={['editing', 'validation']}>
          <NewCompetition accountId={user.id} original={original} />
        </ClientTexts>
      </div>
    </>
  );
}
