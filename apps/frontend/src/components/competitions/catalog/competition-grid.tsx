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
    // Each part of a card is level with those of the cards beside it. The rows of a card have no gap, so the cards have a
    // margin instead.
    <ul className="-mb-10 grid gap-x-8 sm:grid-cols-2 lg:grid-cols-3">
      {competitions.map((competition, index) => (
        <li key={competition.id} className="row-span-5 mb-10 grid min-w-0 grid-rows-subgrid">
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
