import type { Metadata } from 'next';
import Link from 'next/link';
import { CompetitionDetails } from '@/components/competitions/catalog/competition-details';
import { Description, plainText } from '@/components/competitions/catalog/description';
import { RegistrationPanel } from '@/components/registrations/panel/registration-panel';
import { competitionPath } from '@/lib/paths';
import { getCurrentUser } from '@/lib/session';
import { loadCompetition } from './load-competition';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, title, description, organizer } = await loadCompetition((await params).id);
  const text = plainText(description) || `${title}, organized by ${organizer.name}.`;
  return {
    title,
    description: text,
    alternates: { canonical: competitionPath(id) },
    openGraph: { title, description: text, url: competitionPath(id), type: 'website' },
    twitter: { card: 'summary_large_image', title, description: text },
  };
}

export default async function CompetitionPage({ params }: Props) {
  const { id } = await params;
  const [competition, user] = await Promise.all([loadCompetition(id), getCurrentUser()]);
  return (
    <article className="grid grid-cols-[minmax(0,1fr)] gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,1fr)_25.5rem] lg:grid-rows-[auto_1fr]">
      <header>
        <Link href="/competitions" className="link no-print text-sm text-muted">
          All competitions
        </Link>
        <h1 className="mt-4 text-3xl hyphens-auto">{competition.title}</h1>
        <p className="mt-3 text-muted">
          organized by <span className="font-semibold text-ink">{competition.organizer.name}</span>
        </p>
        <CompetitionDetails competition={competition} />
      </header>
      <div className="lg:row-span-2">
        <RegistrationPanel competition={competition} viewer={user && { id: user.id, role: user.role }} />
      </div>
      <div className="border-t border-line pt-8">
        {competition.description.trim() ? (
          <Description markdown={competition.description} />
        ) : (
          <p className="text-muted">The organizer has not written a description.</p>
        )}
      </div>
    </article>
  );
}
