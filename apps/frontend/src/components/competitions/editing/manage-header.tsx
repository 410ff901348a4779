import type { Competition } from '@mini-compete/shared/competitions';
import Link from 'next/link';
import { useFormats, useTexts } from '#texts';
import { CompetitionStatusLabel } from '@/components/competitions/catalog/competition-status';
import { VisibilityLabel } from '@/components/competitions/catalog/visibility-label';
import { SeatGrid } from '@/components/seats/seat-grid';
import { ButtonLink } from '@/components/ui/button';
import { TabNav } from '@/components/ui/tab-nav';
import { competitionPath } from '@/lib/paths';

type ManageTab = 'people' | 'statistics' | 'settings';

/** Title, seats and tabs of the organizer's pages of one competition. */
export function ManageHeader({ competition, tab }: { competition: Competition; tab: ManageTab }) {
  const t = useTexts('organizing');
  const { seatsLeft: seatsLeftText } = useFormats();
  const { id, title, status, visibility, capacity, seatsLeft, waiting } = competition;
  const isDraft = visibility === 'DRAFT' && status !== 'cancelled';
  const path = `/organize/${id}`;
  const tabs = [
    { href: path, label: t('manage.people'), name: 'people' },
    { href: `${path}?tab=statistics`, label: t('manage.statistics'), name: 'statistics' },
    { href: `${competitionPath(id)}/edit`, label: t('manage.settings'), name: 'settings' },
  ] as const;
  return (
    <>
      <Link href="/organize" className="link no-print text-sm text-muted">
        {t('list.title')}
      </Link>
      <div className="mt-4 flex flex-wrap items-start justify-between gap-x-10 gap-y-4">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <VisibilityLabel visibility={visibility} />
            {!isDraft && <CompetitionStatusLabel status={status} competition={competition} />}
          </p>
          <h1 className="mt-2 text-2xl">
            <bdi>{title}</bdi>
          </h1>
          <div className="mt-4 flex flex-wrap items-center gap-x-6 gap-y-2">
            <SeatGrid capacity={capacity} seatsLeft={seatsLeft} size="row" />
            <p className="tabular text-sm text-muted">
              {seatsLeftText(seatsLeft, capacity)}
              {waiting > 0 && <> · {t('manage.waiting', { count: waiting })}</>}
            </p>
          </div>
        </div>
        <div className="no-print flex flex-wrap gap-2">
          <ButtonLink size="sm" href={competitionPath(id)}>
            {t(isDraft ? 'manage.previewPage' : 'manage.publicPage')}
          </ButtonLink>
          <ButtonLink size="sm" href={`/competitions/new?from=${id}`} prefetch={false}>
            {t('manage.duplicate')}
          </ButtonLink>
        </div>
      </div>
      <div className="mt-6">
        <TabNav
          label={t('manage.tabs')}
          tabs={tabs.map(({ href, label, name }) => ({ href, label, current: name === tab }))}
        />
      </div>
    </>
  );
}
