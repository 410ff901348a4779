import type { Namespace } from '@mini-compete/messages/catalog';
import type { Me } from '@mini-compete/shared/auth';
import type { Competition } from '@mini-compete/shared/competitions';
import { Share2 } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { CompetitionDetails } from '@/components/competitions/catalog/competition-details';
import { CoverImage } from '@/components/competitions/catalog/cover-image';
import { Description } from '@/components/competitions/catalog/description';
import { isForTeams } from '@/components/competitions/catalog/participants';
import { Share } from '@/components/competitions/catalog/share';
import { VisibilityLabel } from '@/components/competitions/catalog/visibility-label';
import { DraftNotice } from '@/components/competitions/editing/draft-notice';
import { PublishedAnnouncements } from '@/components/registrations/announcements/published-announcements';
import { RegistrationPanel } from '@/components/registrations/panel/registration-panel';
import { BackLink } from '@/components/ui/back-link';
import { serverCall } from '@/lib/api/server';
import { findMyTeam } from '@/lib/api/teams';
import { siteUrl } from '@/lib/config';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getTexts } from '@/lib/i18n/texts.server';
import { competitionPath, organizerPath } from '@/lib/paths';
import { plainText } from '@/lib/plain-text';
import { getCurrentUser } from '@/lib/session';
import { loadCompetition } from './load-competition';
import { loadPublished } from './load-published';
import { SOCIAL_CARD } from './social-card';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, title, description, organizer, cover, visibility } = await loadCompetition((await params).id);
  const t = await getTexts('catalog');
  const text = plainText(description) || t('page.summary', { title, name: organizer.name });
  const image = {
    ...SOCIAL_CARD,
    url: `${competitionPath(id)}/opengraph-image`,
    type: 'image/png',
    alt: cover ? cover.alt || t('page.cardWithCover', { title }) : t('page.cardWithSeats', { title }),
  };
  return {
    title,
    description: text,
    ...(visibility !== 'PUBLIC' && { robots: { index: false, follow: false } }),
    alternates: { canonical: competitionPath(id) },
    openGraph: { title, description: text, url: competitionPath(id), type: 'website', images: [image] },
    twitter: { card: 'summary_large_image', title, description: text, images: [image] },
  };
}

/** Only what the viewer's panel may show: the texts are part of the page. */
function panelTexts(user: Me | null, competition: Competition): Namespace[] {
  const { questions = [] } = competition;
  const always: Namespace[] = [
    'panel',
    ...(isForTeams(competition) ? (['teamPanel', 'team'] as const) : []),
    ...(questions.length > 0 ? (['questions', 'validation'] as const) : []),
  ];
  if (user?.role !== 'PARTICIPANT') return always;
  const own: Namespace[] = [...always, 'registrations'];
  return user.emailVerified ? own : [...own, 'validation', 'verification'];
}

export default async function CompetitionPage({ params }: Props) {
  const { id } = await params;
  const [competition, user, published, t, common, share] = await Promise.all([
    loadCompetition(id),
    getCurrentUser(),
    loadPublished(id),
    getTexts('catalog'),
    getTexts('common'),
    getTexts('share'),
  ]);
  const team = isForTeams(competition) && user?.role === 'PARTICIPANT' ? await findMyTeam(serverCall, id) : null;
  return (
    <article>
      <DraftNotice competition={competition} now={new Date().toISOString()} />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,1fr)_25.5rem] lg:grid-rows-[auto_1fr]">
        <header>
          <BackLink href="/competitions">{t('page.back')}</BackLink>
          {competition.visibility === 'UNLISTED' && (
            <p className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
              <VisibilityLabel visibility="UNLISTED" />
              {t('page.unlisted')}
            </p>
          )}
          {competition.cover && (
            <CoverImage
              cover={competition.cover}
              sizes="(min-width: 72rem) 41rem, (min-width: 64rem) calc(100vw - 33rem), calc(100vw - 2.5rem)"
              eager
              className="mt-4 rounded-lg print:max-w-sm"
            />
          )}
          <h1 className="mt-4 text-3xl hyphens-auto">{competition.title}</h1>
          <p className="mt-3 text-muted">
            {t.rich('page.organizedBy', {
              organizer: competition.organizer.name || common('deletedAccount'),
              name: (name) => <OrganizerName competition={competition}>{name}</OrganizerName>,
            })}
          </p>
          <CompetitionDetails competition={competition} />
          {competition.visibility !== 'DRAFT' && (
            <details className="no-print mt-6 max-w-md">
              <summary className="link inline-flex min-h-11 items-center gap-2 text-sm font-semibold">
                <Share2 aria-hidden="true" className="size-4" />
                {share('title')}
              </summary>
              <div className="mt-2">
                <ClientTexts of={['share']}>
                  <Share url={new URL(competitionPath(id), siteUrl()).href} title={competition.title} />
                </ClientTexts>
              </div>
            </details>
          )}
        </header>
        <div className="lg:row-span-2">
          <ClientTexts of={panelTexts(user, competition)}>
            <RegistrationPanel
              // The props of a client component are sent with the page: the description would be in it three times.
              competition={{ ...competition, description: '', descriptionHtml: '' }}
              viewer={user && { id: user.id, role: user.role }}
              team={team}
            />
          </ClientTexts>
        </div>
        <div className="border-t border-line pt-8">
          {competition.description.trim() ? (
            <Description html={competition.descriptionHtml} />
          ) : (
            <p className="text-muted">{t('page.noDescription')}</p>
          )}
          <PublishedAnnouncements announcements={published} />
        </div>
      </div>
    </article>
  );
}

/** A link for public competitions only: with no others, there may be no page to lead to. */
function OrganizerName({
  competition: { organizer, visibility },
  children,
}: {
  competition: Competition;
  children: ReactNode;
}) {
  if (visibility !== 'PUBLIC' || organizer.name === '') return <bdi className="font-semibold text-ink">{children}</bdi>;
  return (
    <Link href={organizerPath(organizer.id)} className="link font-semibold text-ink">
      <bdi>{children}</bdi>
    </Link>
  );
}
