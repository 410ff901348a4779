import type { CompetitionSummary } from '@mini-compete/shared/competitions';
import { CompetitionCard } from './competition-card';

export function CompetitionGrid({
  competitions,
  now,
  headingLevel,
}: {
  competitions: readonly CompetitionSummary[];
  now: string;
  headingLevel?: 'h2' | 'h3';
}) {
  return (
    <ul className="grid gap-x-8 gap-y-10 sm:grid-cols-2 lg:grid-cols-3">
      {competitions.map((competition) => (
        <li key={competition.id} className="grid min-w-0">
          <CompetitionCard competition={competition} now={now} {...(headingLevel ? { headingLevel } : {})} />
        </li>
      ))}
    </ul>
  );
}
