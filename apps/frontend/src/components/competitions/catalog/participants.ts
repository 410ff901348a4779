import type { CompetitionSummary } from '@mini-compete/shared/competitions';

type Participants = Pick<CompetitionSummary, 'teamMax'>;

/** Servers of the previous release do not send it. */
export const isForTeams = ({ teamMax }: Participants): boolean => typeof teamMax === 'number';

/** What registrations are counted in, for texts. */
export const participantsOf = (competition: Participants) => (isForTeams(competition) ? 'TEAMS' : 'PEOPLE');

/** What taken seats are counted in, for texts. */
export const seatTakersOf = ({ teamMax, seatUnit }: Pick<CompetitionSummary, 'teamMax' | 'seatUnit'>) =>
  isForTeams({ teamMax }) && seatUnit === 'TEAM' ? 'TEAMS' : 'PEOPLE';
