import type { RegistrantsQuery } from '@mini-compete/shared/registrations';

type AnswerFilter = Pick<RegistrantsQuery, 'question' | 'answer'>;

export const filtersAnswers = ({ question, answer }: AnswerFilter): boolean =>
  question !== undefined && answer !== undefined;

/** The parameters of `chosePart`. */
export const answerValues = (filter: AnswerFilter) => (filtersAnswers(filter) ? [filter.question, filter.answer] : []);

/**
 * For registrations `r` with which the option was chosen, by a person, a team or a member. `at` is the number of the first of
 * the two parameters. Without teams, nothing is read about them.
 */
export function chosePart(filter: AnswerFilter, at: number, { ofTeams }: { readonly ofTeams: boolean }): string {
  if (!filtersAnswers(filter)) return '';
  const [question, answer] = [`$${at}::text`, `$${at + 1}::text`];
  const isChosen = `CASE jsonb_typeof(a.answers->${question}) WHEN 'array' THEN a.answers->${question} ? ${answer}
        ELSE a.answers->>${question} = ${answer} END`;
  const own = `EXISTS (SELECT FROM registration_answers a WHERE a.registration_id = r.id AND ${isChosen})`;
  if (!ofTeams) return `AND ${own}`;
  return `AND (${own} OR EXISTS (
    SELECT FROM team_members m JOIN team_member_answers a ON a.member_id = m.id
    WHERE m.team_id = r.team_id AND m.left_at IS NULL AND ${isChosen}))`;
}
