import type { Metadata } from 'next';
import Link from 'next/link';
import { Description, plainText } from '@/components/competitions/catalog/description';
import { Facts } from '@/components/competitions/catalog/facts';
import { Gate } from '@/components/registrations/panel/registration-panel';
import { competitionPath } from '@/lib/paths';
import { getReader } from '@/lib/session';
import { readCompetition } from './competition';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { id, title, description, organizer } = await readCompetition((await params).id);
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
  const [competition, reader] = await Promise.all([readCompetition(id), getReader()]);
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
        <Facts competition={competition} />
      </header>
      <div className="lg:row-span-2">
        <Gate competition={competition} reader={reader && { id: reader.id, role: reader.role }} />
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
