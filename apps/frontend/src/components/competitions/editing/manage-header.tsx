import type { User } from '@mini-compete/shared/auth';
import type { Competition } from '@mini-compete/shared/competitions';
import { may, type Permission } from '@mini-compete/shared/permissions';
import { useFormats, useTexts } from '#texts';
import { MANAGE_TITLE_ID } from '@/components/competitions/acts/manage-title';
import { PendingActs } from '@/components/competitions/acts/pending-acts';
import { CompetitionStatusLabel } from '@/components/competitions/catalog/competition-status';
import { isForTeams, participantsOf } from '@/components/competitions/catalog/participants';
import { VisibilityLabel } from '@/components/competitions/catalog/visibility-label';
import { SeatGrid } from '@/components/seats/seat-grid';
import { BackLink } from '@/components/ui/back-link';
import { ButtonLink } from '@/components/ui/button';
import { TabNav } from '@/components/ui/tab-nav';
import { competitionPath } from '@/lib/paths';

const NEEDED = {
  people: 'readRegistrants',
  teams: 'readRegistrants',
  applications: 'readApplications',
  invitations: 'invite',
  announcements: 'announce',
  day: 'manageCheckIn',
  statistics: 'readRegistrants',
  history: 'readHistory',
  staff: 'readStaff',
  settings: 'edit',
} as const satisfies Record<string, Permission>;

type Props = {
  competition: Competition;
  tab: keyof typeof NEEDED;
  viewer: Pick<User, 'role'>;
};

/** Title and seats of a competition for its staff, and the tabs of the pages that their role may see. */
export function ManageHeader({ competition, tab, viewer }: Props) {
  const t = useTexts('organizing');
  const { seatsLeft: seatsLeftText } = useFormats();
  const { id, title, status, visibility, capacity, seatsLeft, waiting } = competition;
  const isDraft = visibility === 'DRAFT' && status !== 'cancelled';
  const path = `/organize/${id}`;
  const tabs = [
    { href: path, label: t('manage.people'), name: 'people' },
    { href: `${path}/teams`, label: t('manage.teams'), name: 'teams' },
    { href: `${path}/applications`, label: t('manage.applications'), name: 'applications' },
    { href: `${path}/invitations`, label: t('manage.invitations'), name: 'invitations' },
    { href: `${path}/announcements`, label: t('manage.announcements'), name: 'announcements' },
    { href: `${path}/day`, label: t('manage.day'), name: 'day' },
    { href: `${path}?tab=statistics`, label: t('manage.statistics'), name: 'statistics' },
    { href: `${path}/history`, label: t('manage.history'), name: 'history' },
    { href: `${path}/staff`, label: t('manage.staff'), name: 'staff' },
    { href: `${competitionPath(id)}/edit`, label: t('manage.settings'), name: 'settings' },
  ] as const;
  const visible = tabs.filter(
    ({ name }) =>
      may(competition.staffRole, NEEDED[name]) &&
      (name !== 'applications' || tab === name || competition.admissionMode === 'APPROVAL') &&
      // Nobody is invited or imported into a team.
      (isForTeams(competition) ? name !== 'invitations' || tab === name : name !== 'teams'),
  );
  return (
    <>
      <BackLink href="/organize">{t('list.title')}</BackLink>
      <div className="mt-4 flex flex-wrap items-start justify-between gap-x-10 gap-y-4">
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <VisibilityLabel visibility={visibility} />
            {!isDraft && <CompetitionStatusLabel status={status} competition={competition} />}
          </p>
          <h1 id={MANAGE_TITLE_ID} tabIndex={-1} className="mt-2 text-2xl">
            <bdi>{title}</bdi>
          </h1>
          {status !== 'cancelled' && (
            <div className="mt-4 flex flex-wrap items-center gap-x-6 gap-y-2">
              <SeatGrid capacity={capacity} seatsLeft={seatsLeft} size="row" />
              <p className="tabular text-sm text-muted">
                {seatsLeftText(seatsLeft, capacity)}
                {waiting > 0 && <> · {t('manage.waiting', { count: waiting, who: participantsOf(competition) })}</>}
              </p>
            </div>
          )}
        </div>
        <div className="no-print flex flex-wrap gap-2">
          <ButtonLink size="sm" href={competitionPath(id)}>
            {t(isDraft ? 'manage.previewPage' : 'manage.publicPage')}
          </ButtonLink>
          {viewer.role !== 'PARTICIPANT' && (
            <ButtonLink size="sm" href={`/competitions/new?from=${id}`} prefetch={false}>
              {t('manage.duplicate')}
            </ButtonLink>
          )}
        </div>
      </div>
      {visible.length > 0 && (
        <div className="mt-6">
          <TabNav
            label={t('manage.tabs')}
            tabs={visible.map(({ href, label, name }) => ({ href, label, current: name === tab }))}
          />
        </div>
      )}
      <PendingActs competition={competition} />
    </>
  );
}
