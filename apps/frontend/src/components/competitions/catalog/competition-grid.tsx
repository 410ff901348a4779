import type { CompetitionSummary } from '@mini-compete/shared/competitions';
import { CompetitionCard } from './competition-card';

const FIRST_ROW = 3;

export function CompetitionGrid({
  competitions,
  now,
  headingLevel,
  startsPage = false,
  showOrganizer,
}: {
  competitions: readonly CompetitionSummary[];
  now: string;
  headingLevel?: 'h2' | 'h3';
  /** The first row is visible at once, so its pictures are loaded first. */
  startsPage?: boolean;
  showOrganizer?: boolean;
}) {
  const hasPicture = competitions.some(({ cover }) => cover);
  return (
    <ul className="grid gap-x-8 gap-y-10 sm:grid-cols-2 lg:grid-cols-3">
      {competitions.map((competition, index) => (
        <li key={competition.id} className="grid min-w-0">
          <CompetitionCard
            competition={competition}
            now={now}
            hasPicture={hasPicture}
            eager={startsPage && index < FIRST_ROW}
            {...(headingLevel && { headingLevel })}
            {...(showOrganizer === false && { showOrganizer })}
          />
        </li>
      ))}
    </ul>
  );
}
