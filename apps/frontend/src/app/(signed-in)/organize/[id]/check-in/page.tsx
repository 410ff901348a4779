import { isSeated } from '@mini-compete/shared/registration-status';
import type { Registrant } from '@mini-compete/shared/registrations';
import type { Metadata } from 'next';
import { CheckInList } from '@/components/registrations/registrants/check-in-list';
import { PrintButton } from '@/components/registrations/registrants/print-button';
import { BackLink } from '@/components/ui/back-link';
import { allItems } from '@/lib/api/all-items';
import { listRegistrants } from '@/lib/api/registrations';
import { serverCall } from '@/lib/api/server';
import { getFormats, getTexts } from '@/lib/i18n/texts.server';
import { loadAsStaff } from '../load-as-staff';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts('organizing');
  return { title: t('checkIn.title') };
}

export default async function CheckIn({ params }: Props) {
  const { id } = await params;
  const path = `/organize/${id}`;
  const { competition } = await loadAsStaff(id, `${path}/check-in`, 'readRegistrants');
  const [t, { instant }] = await Promise.all([getTexts('organizing'), getFormats()]);
  const people = await listEverybody(id);
  return (
    <>
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0">
          <BackLink href={path}>
            <bdi>{competition.title}</bdi>
          </BackLink>
          <h1 className="mt-4 text-2xl print:mt-0">
            {t('checkIn.title')}
            <bdi className="hidden print:inline">: {competition.title}</bdi>
          </h1>
          <p className="mt-2 text-sm text-muted">
            {t('checkIn.asOf', { when: instant(new Date().toISOString(), 'full') })}
          </p>
        </div>
        <div className="no-print">
          <PrintButton label={t('checkIn.print')} />
        </div>
      </div>
      <CheckInList
        seated={people.filter(({ status }) => isSeated(status))}
        waiting={people.filter(({ status }) => status === 'WAITLISTED')}
      />
    </>
  );
}

/** As few requests as the API allows. */
const PAGE_SIZE = 1_000;

/** A list for the door that ends at its first page turns people away. */
const listEverybody = (id: string): Promise<Registrant[]> =>
  allItems((cursor) => listRegistrants(serverCall, id, { status: 'active', limit: PAGE_SIZE, cursor }));
