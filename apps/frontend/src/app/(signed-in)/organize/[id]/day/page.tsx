import type { Metadata } from 'next';
import { loadCompetition } from '@/app/competitions/[id]/load-competition';
import { ManageHeader } from '@/components/competitions/editing/manage-header';
import { CheckInDayView } from '@/components/registrations/check-in/check-in-day-view';
import { getCheckInDay } from '@/lib/api/check-in';
import { serverCall } from '@/lib/api/server';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getTexts } from '@/lib/i18n/texts.server';
import { loadAsStaff } from '../load-as-staff';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t, { title }] = await Promise.all([getTexts('checkInDay'), params.then(({ id }) => loadCompetition(id))]);
  return { title: t('metaTitle', { title }) };
}

export default async function Day({ params }: Props) {
  const { id } = await params;
  const { competition, user } = await loadAsStaff(id, `/organize/${id}/day`, 'manageCheckIn');
  const day = await getCheckInDay(serverCall, id);
  return (
    <>
      <ManageHeader competition={competition} tab="day" viewer={user} />
      <ClientTexts of={['checkInDay']}>
        <CheckInDayView competition={{ id, startDate: competition.startDate }} initial={day} />
      </ClientTexts>
    </>
  );
}
