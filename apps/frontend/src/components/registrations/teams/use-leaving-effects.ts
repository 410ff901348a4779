import type { Competition } from '@mini-compete/shared/competitions';
import { HOLDING } from '@mini-compete/shared/registration-status';
import type { Team } from '@mini-compete/shared/teams';
import { useFormats, useTexts } from '#texts';
import { isLocked, membersMissing, nextCaptain } from './team-facts';

/** What happens to the team when a member leaves or is removed, as sentences. Needs the texts of `teamPage`. */
export function useLeavingEffects(competition: Competition, team: Team, userId: string, now: number, isMe = false) {
  const t = useTexts('teamPage');
  const { instant } = useFormats();
  const { registration, members, locksAt } = team;
  if (members.length === 1) return [t(registration === null ? 'effect.last' : 'effect.lastRegistered')];
  const captain = nextCaptain(team, userId);
  const givesSeat = competition.seatUnit !== 'TEAM' && HOLDING.some((status) => status === registration?.status);
  const rest = { ...team, members: members.slice(1) };
  const endsLater = registration !== null && membersMissing(rest, competition) > 0 && !isLocked(team, now);
  return [
    ...(givesSeat ? [t(isMe ? 'effect.mySeat' : 'effect.seat')] : []),
    ...(captain ? [t('effect.captain', { name: captain.name })] : []),
    ...(endsLater ? [t('effect.below', { when: instant(locksAt, 'full') })] : []),
  ];
}
