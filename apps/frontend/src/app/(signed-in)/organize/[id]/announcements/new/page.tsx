import type { Metadata } from 'next';
import { ManageHeader } from '@/components/competitions/editing/manage-header';
import { draftCompetition } from '@/components/registrations/announcements/draft-competition';
import { DraftEditor } from '@/components/registrations/announcements/draft-editor';
import { BackLink } from '@/components/ui/back-link';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getTexts } from '@/lib/i18n/texts.server';
import { loadAsStaff } from '../../load-as-staff';

type Props = { params: Promise<{ id: string }> };

export const generateMetadata = async (): Promise<Metadata> => ({
  title: (await getTexts('announcements'))('form.newTitle'),
});

export default async function NewAnnouncement({ params }: Props) {
  const { id } = await params;
  const path = `/organize/${id}/announcements`;
  const { competition, user } = await loadAsStaff(id, `${path}/new`, 'announce');
  const t = await getTexts('announcements');
  return (
    <>
      <ManageHeader competition={competition} tab="announcements" viewer={user} />
      <BackLink href={path} className="mt-8">
        {t('back')}
      </BackLink>
      <h2 className="mt-2 mb-6 text-xl">{t('form.newTitle')}</h2>
      <ClientTexts of={['announcements', 'questions', 'validation', 'editing']}>
        <DraftEditor competition={draftCompetition(competition, null)} draft={null} />
      </ClientTexts>
    </>
  );
}
