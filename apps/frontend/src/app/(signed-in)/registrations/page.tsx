import type { Namespace } from '@mini-compete/messages/catalog';
import { isSeated } from '@mini-compete/shared/registration-status';
import type { MyRegistration } from '@mini-compete/shared/registrations';
import type { RegistrationStatus } from '@mini-compete/shared/seats';
import type { Metadata } from 'next';
import { useTexts } from '#texts';
import { mostUrgent } from '@/components/registrations/mine/most-urgent';
import { OpenInvitations } from '@/components/registrations/mine/open-invitations';
import { PastRegistrations } from '@/components/registrations/mine/past-registrations';
import { RegistrationCard } from '@/components/registrations/mine/registration-card';
import { EmptyState } from '@/components/seats/empty-state';
import { AutoRefresh } from '@/components/ui/auto-refresh';
import { ButtonLink } from '@/components/ui/button';
import { LoadMore } from '@/components/ui/load-more';
import { TabNav } from '@/components/ui/tab-nav';
import { listMyRegistrations } from '@/lib/api/registrations';
import { serverCall } from '@/lib/api/server';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getTexts } from '@/lib/i18n/texts.server';
import { getChoice, getParam, type SearchParams, withParams } from '@/lib/search-params';
import { requireUser } from '@/lib/session';

export const generateMetadata = async (): Promise<Metadata> => ({ title: (await getTexts('registrations'))('title') });

const PATH = '/registrations';

export default async function MyRegistrations({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const params = await searchParams;
  const show = getChoice(params, 'show', ['active', 'ended']);
  await requireUser(withParams(PATH, { show: show === 'ended' ? show : null }), 'PARTICIPANT');
  const [t, page, other] = await Promise.all([
    getTexts('registrations'),
    listMyRegistrations(serverCall, { status: show, limit: 50, cursor: getParam(params, 'after') }),
    listMyRegistrations(serverCall, { status: show === 'active' ? 'ended' : 'active', limit: 1 }),
  ]);
  const { invitations = [] } = page;
  const now = Date.now();
  const urgent = mostUrgent(
    invitations,
    page.items.filter((registration) => !isPast(registration, now)),
    now,
  );
  const [active, ended] = show === 'active' ? [page, other] : [other, page];
  return (
    <>
      <AutoRefresh seconds={15} />
      <h1 className="text-2xl">{t('title')}</h1>
      <div className="mt-6">
        <TabNav
          label={t('tabs')}
          tabs={[
            { href: PATH, label: t('active'), count: active.total, current: show === 'active' },
            {
              href: withParams(PATH, { show: 'ended' }),
              label: t('past'),
              count: ended.total,
              current: show === 'ended',
            },
          ]}
        />
      </div>
      <div className="mt-8">
        {show === 'active' ? (
          <ClientTexts of={textsFor(page.items)}>
            <OpenInvitations invitations={invitations} urgent={urgent} />
            {(page.items.length > 0 || invitations.length === 0) && (
              <ActiveRegistrations registrations={page.items} hasPast={ended.total !== 0} now={now} urgent={urgent} />
            )}
          </ClientTexts>
        ) : (
          <PastRegistrations registrations={page.items} />
        )}
        {page.nextCursor && (
          <LoadMore
            href={withParams(PATH, { show, after: page.nextCursor })}
            shown={page.items.length}
            total={page.total}
          />
        )}
      </div>
    </>
  );
}

const textsFor = (registrations: readonly MyRegistration[]): Namespace[] =>
  registrations.some(({ hasAnswers, asksQuestions }) => hasAnswers || asksQuestions)
    ? ['registrations', 'questions', 'validation']
    : ['registrations'];

type ActiveProps = { registrations: readonly MyRegistration[]; hasPast: boolean; now: number; urgent: string | null };

function ActiveRegistrations({ registrations, hasPast, now, urgent }: ActiveProps) {
  const t = useTexts('registrations');
  if (registrations.length === 0)
    return (
      <EmptyState
        title={t(hasPast ? 'noneActiveTitle' : 'emptyTitle')}
        action={<ButtonLink href="/competitions">{t('find')}</ButtonLink>}
      >
        {t('emptyText')}
      </EmptyState>
    );
  const past = registrations.filter((registration) => isPast(registration, now));
  const upcoming = registrations.filter((registration) => !isPast(registration, now));
  const withStatus = (...statuses: RegistrationStatus[]) => upcoming.filter(({ status }) => statuses.includes(status));
  const seated = upcoming.filter(({ status }) => isSeated(status)).sort(bySoonest);
  return (
    <div className="flex flex-col gap-12">
      <Group title={t('held')} registrations={withStatus('HELD').sort(byEndOfHold)} now={now} urgent={urgent} />
      <Group title={t('seated')} registrations={seated} now={now} />
      <Group title={t('applied')} registrations={withStatus('APPLIED')} now={now} />
      <Group title={t('waitlisted')} registrations={withStatus('WAITLISTED')} now={now} />
      <Group title={t('over')} registrations={past} past now={now} />
    </div>
  );
}

const startOf = ({ competition }: MyRegistration): number =>
  competition.startDate ? Date.parse(competition.startDate) : Number.POSITIVE_INFINITY;

const isPast = ({ competition }: MyRegistration, now: number): boolean =>
  Date.parse(competition.endDate ?? competition.startDate ?? '') < now;

/** Competitions without a date come last. */
const bySoonest = (a: MyRegistration, b: MyRegistration): number => (startOf(a) < startOf(b) ? -1 : 1);

/** What ends first comes first. */
const byEndOfHold = (a: MyRegistration, b: MyRegistration): number =>
  (a.heldUntil ?? '') < (b.heldUntil ?? '') ? -1 : 1;

function Group({
  title,
  registrations,
  now,
  past = false,
  urgent = null,
}: {
  title: string;
  registrations: readonly MyRegistration[];
  now: number;
  past?: boolean;
  urgent?: string | null;
}) {
  if (registrations.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className="text-lg">{title}</h2>
      <ul className="mt-4 border-t border-line">
        {registrations.map((registration) => (
          <RegistrationCard
            key={registration.registrationId}
            registration={registration}
            past={past}
            now={now}
            urgent={registration.registrationId === urgent}
          />
        ))}
      </ul>
    </section>
  );
}
