import type { CompetitionSummary } from '@mini-compete/shared/competitions';
import { ExternalLink } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { useTexts } from '#texts';
import { CompetitionGrid } from '@/components/competitions/catalog/competition-grid';
import { Description } from '@/components/competitions/catalog/description';
import { EmptyState } from '@/components/seats/empty-state';
import { ButtonLink } from '@/components/ui/button';
import { LoadMore } from '@/components/ui/load-more';
import { getTexts } from '@/lib/i18n/texts.server';
import { organizerPath } from '@/lib/paths';
import { getParam, type SearchParams, withParams } from '@/lib/search-params';
import { getCurrentUser } from '@/lib/session';
import { findOrganizer } from './find-organizer';

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

const load = async ({ params, searchParams }: Props) =>
  (await findOrganizer((await params).id, getParam(await searchParams, 'after'))) ?? notFound();

export async function generateMetadata(props: Props): Promise<Metadata> {
  const [t, { id, name, competitions }] = await Promise.all([getTexts('organizers'), load(props)]);
  const title = t('title', { name });
  const { total } = competitions;
  const description = total === null ? t('summaryMany', { name }) : t('summary', { name, count: total });
  return {
    title,
    description,
    alternates: { canonical: organizerPath(id) },
    openGraph: { title, description, url: organizerPath(id), type: 'profile' },
    twitter: { card: 'summary', title, description },
  };
}

export default async function Organizer(props: Props) {
  const [t, user, organizer, values] = await Promise.all([
    getTexts('organizers'),
    getCurrentUser(),
    load(props),
    props.searchParams,
  ]);
  const { id, name, textHtml, links, competitions } = organizer;
  const now = new Date().toISOString();
  const isAhead = ({ startDate, regDeadline }: CompetitionSummary) => (startDate ?? regDeadline) > now;
  return (
    <>
      <header>
        <p className="text-sm text-muted">{t('label')}</p>
        <div className="mt-1 flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <h1 className="min-w-0 text-3xl hyphens-auto">
            <bdi>{name}</bdi>
          </h1>
          {user?.id === id && (
            <ButtonLink size="sm" href="/profile#organizer-part" className="no-print">
              {t('edit')}
            </ButtonLink>
          )}
        </div>
        {textHtml !== '' && (
          <div dir="auto" className="mt-6">
            <Description html={textHtml} />
          </div>
        )}
        {links.length > 0 && (
          <ul aria-label={t('links')} className="mt-6 flex flex-wrap gap-x-6 gap-y-1">
            {links.map(({ label, url }) => (
              <li key={url + label}>
                <a href={url} rel="nofollow ugc noopener noreferrer" className="link inline-block py-1.5 font-semibold">
                  <bdi>{label}</bdi>
                  <ExternalLink aria-hidden="true" className="ms-1.5 inline size-4 align-[-0.125em] rtl:-scale-x-100" />
                </a>
              </li>
            ))}
          </ul>
        )}
      </header>
      {competitions.items.length === 0 ? (
        <div className="mt-12">
          <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>
        </div>
      ) : (
        <>
          <Section id="ahead" title={t('ahead')} competitions={competitions.items.filter(isAhead)} now={now} />
          <Section
            id="past"
            title={t('past')}
            competitions={competitions.items.filter((one) => !isAhead(one))}
            now={now}
          />
          {competitions.nextCursor && (
            <LoadMore
              href={withParams(organizerPath(id), { after: competitions.nextCursor })}
              shown={competitions.items.length}
              total={competitions.total}
            />
          )}
          {getParam(values, 'after') && <FirstPage id={id} />}
        </>
      )}
    </>
  );
}

function Section({
  id,
  title,
  competitions,
  now,
}: {
  id: string;
  title: string;
  competitions: CompetitionSummary[];
  now: string;
}) {
  if (competitions.length === 0) return null;
  return (
    <section aria-labelledby={id} className="mt-12">
      <h2 id={id} className="mb-6 text-xl">
        {title}
      </h2>
      <CompetitionGrid competitions={competitions} now={now} showOrganizer={false} />
    </section>
  );
}

function FirstPage({ id }: { id: string }) {
  const t = useTexts('organizers');
  return (
    <Link href={organizerPath(id)} className="link mt-4 inline-block text-sm">
      {t('first')}
    </Link>
  );
}
