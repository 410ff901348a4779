import type { MyTicket } from '@mini-compete/shared/check-ins';
import type { Metadata } from 'next';
import { cache } from 'react';
import { loadCompetition } from '@/app/competitions/[id]/load-competition';
import { KeepOffline } from '@/components/registrations/ticket/keep-offline';
import { Ticket } from '@/components/registrations/ticket/ticket';
import { EmptyState } from '@/components/seats/empty-state';
import { BackLink } from '@/components/ui/back-link';
import { ButtonLink } from '@/components/ui/button';
import { getMyTicket } from '@/lib/api/check-in';
import { isApiError } from '@/lib/api/problem';
import { serverCall } from '@/lib/api/server';
import { getTexts } from '@/lib/i18n/texts.server';
import { competitionPath, ticketPath } from '@/lib/paths';
import { requireUser } from '@/lib/session';

type Props = { params: Promise<{ id: string }> };

/** Null without a seat. */
const findTicket = cache(async (id: string): Promise<MyTicket | null> => {
  try {
    return await getMyTicket(serverCall, id);
  } catch (error) {
    if (isApiError(error, 'TICKET_NOT_FOUND', 'VALIDATION_FAILED')) return null;
    throw error;
  }
});

/** People who have a ticket may know the title, also when the competition is a draft again. */
const titleOf = async (id: string): Promise<string> =>
  (await findTicket(id))?.competition.title ?? (await loadCompetition(id)).title;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id } = await params;
  await requireUser(ticketPath(id));
  const [t, title] = await Promise.all([getTexts('ticket'), titleOf(id)]);
  return { title: t('metaTitle', { title }) };
}

export default async function TicketPage({ params }: Props) {
  const { id } = await params;
  await requireUser(ticketPath(id));
  const [t, ticket, title] = await Promise.all([getTexts('ticket'), findTicket(id), titleOf(id)]);
  return (
    <>
      <BackLink href={competitionPath(id)}>
        <bdi>{title}</bdi>
      </BackLink>
      {ticket === null ? (
        <>
          <h1 className="mt-4 mb-8 text-2xl">{t('title')}</h1>
          <EmptyState title={t('noneTitle')} action={<ButtonLink href={competitionPath(id)}>{t('view')}</ButtonLink>}>
            {t('noneText')}
          </EmptyState>
        </>
      ) : (
        <>
          <Ticket ticket={ticket} />
          <KeepOffline />
        </>
      )}
    </>
  );
}
