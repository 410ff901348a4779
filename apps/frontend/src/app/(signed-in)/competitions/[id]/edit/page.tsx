import type { Metadata } from 'next';
import { loadAsStaff } from '@/app/(signed-in)/organize/[id]/load-as-staff';
import { loadCompetition } from '@/app/competitions/[id]/load-competition';
import { CancelOrDelete } from '@/components/competitions/editing/cancel-or-delete';
import { ManageHeader } from '@/components/competitions/editing/manage-header';
import { Settings } from '@/components/competitions/editing/settings';
import { UnsavedChanges } from '@/components/competitions/editing/unsaved-changes';
import { Notice } from '@/components/ui/notice';
import { getStats } from '@/lib/api/competitions';
import { listMessageNotes } from '@/lib/api/message-notes';
import { serverCall } from '@/lib/api/server';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getTexts, getTimeZone } from '@/lib/i18n/texts.server';
import { competitionPath } from '@/lib/paths';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, { title }] = await Promise.all([getTexts('organizing'), params.then(({ id }) => loadCompetition(id))]);
  return { title: `${t('manage.settings')}: ${title}` };
}

export default async function EditCompetition({ params }: Props) {
  const { id } = await params;
  const { competition, user } = await loadAsStaff(id, `${competitionPath(id)}/edit`, 'edit');
  const [t, stats, { items: notes }] = await Promise.all([
    getTexts('organizing'),
    getStats(serverCall, id, await getTimeZone()),
    listMessageNotes(serverCall, id),
  ]);
  // Servers of the previous version do not count them.
  const { seated, waiting, held = 0, applied = 0 } = stats;
  const registered = seated + held + waiting + applied;
  return (
    <>
      <ManageHeader competition={competition} tab="settings" viewer={user} />
      <div className="mt-8 flex flex-col gap-12 [&>section:first-child]:border-0 [&>section:first-child]:pt-0">
        <ClientTexts of={['editing', 'messageNotes', 'questionBuilder', 'questions', 'validation']}>
          {competition.status === 'cancelled' ? (
            <>
              <Notice title={t('manage.canceledTitle')}>{t('manage.canceledText')}</Notice>
              <UnsavedChanges competition={competition} accountId={user.id} notes={notes} />
            </>
          ) : (
            <Settings
              competition={competition}
              accountId={user.id}
              applied={applied}
              registered={registered}
              notes={notes}
            />
          )}
          <CancelOrDelete competition={competition} applied={applied} />
        </ClientTexts>
      </div>
    </>
  );
}
