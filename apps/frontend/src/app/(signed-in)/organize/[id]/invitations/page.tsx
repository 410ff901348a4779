import type { Metadata } from 'next';
import { loadCompetition } from '@/app/competitions/[id]/load-competition';
import { ManageHeader } from '@/components/competitions/editing/manage-header';
import {
  InvitationList,
  type InvitationsView,
  invitationsPath,
  STATES,
} from '@/components/registrations/invitations/invitation-list';
import { InviteForm } from '@/components/registrations/invitations/invite-form';
import { ButtonLink } from '@/components/ui/button';
import { listInvitations } from '@/lib/api/invitations';
import { serverCall } from '@/lib/api/server';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getTexts } from '@/lib/i18n/texts.server';
import { getChoice, getParam, type SearchParams } from '@/lib/search-params';
import { loadAsStaff } from '../load-as-staff';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, { title }] = await Promise.all([getTexts('invitations'), params.then(({ id }) => loadCompetition(id))]);
  return { title: t('metaTitle', { title }) };
}

const PAGE_SIZE = 50;

export default async function InvitationsPage({ params, searchParams }: Props) {
  const { id } = await params;
  const values = await searchParams;
  const view: InvitationsView = {
    state: getChoice(values, 'state', STATES),
    search: getParam(values, 'search'),
    after: getParam(values, 'after'),
  };
  const { competition, user } = await loadAsStaff(id, invitationsPath(id, view), 'invite');
  const filter = { state: view.state, search: view.search, cursor: view.after, limit: PAGE_SIZE };
  const [t, page] = await Promise.all([getTexts('invitations'), listInvitations(serverCall, id, filter)]);
  const isOver = competition.status === 'cancelled';
  return (
    <>
      <ManageHeader competition={competition} tab="invitations" viewer={user} />
      <div className="mt-8 grid gap-x-16 gap-y-12 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <ClientTexts of={['invitations', 'validation']}>
          <div className="flex flex-col gap-10 lg:order-2">
            {!isOver && (
              <>
                <InviteForm
                  competition={{ id, startDate: competition.startDate, waiting: competition.waiting }}
                  free={page.free}
                />
                <section aria-labelledby="import-people" className="border-t border-line pt-6">
                  <h2 id="import-people" className="text-lg">
                    {t('import.title')}
                  </h2>
                  <p className="mt-2 text-sm text-muted">{t('import.text')}</p>
                  <ButtonLink className="mt-4" href={`/organize/${id}/imports`}>
                    {t('import.open')}
                  </ButtonLink>
                </section>
              </>
            )}
          </div>
          <InvitationList competitionId={id} page={page} view={view} />
        </ClientTexts>
      </div>
    </>
  );
}
