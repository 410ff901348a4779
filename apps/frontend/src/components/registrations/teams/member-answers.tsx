import type { Competition } from '@mini-compete/shared/competitions';
import type { Team } from '@mini-compete/shared/teams';
import { call } from '@/lib/api/client';
import { answerAsMember, getMemberAnswers } from '@/lib/api/teams';
import { type AnswersSource, MyAnswers } from '../answers/my-answers';
import { isLocked } from './team-facts';

type Props = {
  competition: Competition;
  team: Team;
  userId: string;
  now: number;
  onChanged: (team: Team) => void;
};

/** What the reader has answered as a member. Open while something is missing: the team waits for it. */
export function MemberAnswers({ competition, team, userId, now, onChanged }: Props) {
  const isMissing = team.members.some((member) => member.userId === userId && member.ineligible === 'ANSWERS_MISSING');
  const source: AnswersSource = {
    load: () => getMemberAnswers(call, team.id),
    async save(body) {
      onChanged(await answerAsMember(call, team.id, body));
      return getMemberAnswers(call, team.id);
    },
  };
  return (
    <section id="answers" className="scroll-mt-6">
      <MyAnswers
        competitionId={competition.id}
        canChange={!isLocked(team, now)}
        part="MEMBER"
        source={source}
        opensForEditing={isMissing}
      />
    </section>
  );
}
