import { type AnswerValues, isAnsweredBy } from '@mini-compete/shared/answers';
import type { QuestionSet } from '../../competitions/questions/questions.repository.js';
import { writeAudit } from '../../platform/audit/audit.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { type AnswerCheck, problemsAsOptions, questionsAsOptions } from './answer-checker.js';
import { changedQuestions, toDeleted } from './answers.rules.js';

interface Change {
  readonly memberId: string;
  readonly competitionId: string;
  readonly userId: string;
  /** Of what every member answers. */
  readonly check: AnswerCheck;
  readonly current: QuestionSet;
}

/** Stores what a member of a team answers. The caller holds the lock of the team, which orders two changes. */
export async function storeMemberAnswers(
  tx: Tx,
  { memberId, competitionId, userId, check, current }: Change,
): Promise<void> {
  const { version, json } = check.checked;
  if (version !== current.version) throw new DomainError('QUESTIONS_CHANGED', questionsAsOptions(current));
  if (json === null) throw new DomainError('VALIDATION_FAILED', problemsAsOptions(check.problems));
  const given = JSON.parse(json) as { answers: AnswerValues; consents: Record<string, string> };
  const stored = await tx.teamMemberAnswers.findUnique({ where: { memberId } });
  const before = (stored?.answers ?? {}) as AnswerValues;
  const asked = current.questions.filter((question) => isAnsweredBy(question, 'MEMBER'));
  const changed = changedQuestions(asked, before, given.answers);
  if (changed.length === 0 && stored?.questionsVersion === version) return;
  const answers = JSON.stringify({ ...toDeleted(current.questions, before), ...given.answers });
  await tx.$executeRaw`
    INSERT INTO team_member_answers (member_id, questions_version, answers, consents)
    VALUES (${memberId}::uuid, ${version}, ${answers}::jsonb, ${JSON.stringify(given.consents)}::jsonb)
    ON CONFLICT (member_id) DO UPDATE
      SET questions_version = excluded.questions_version, answers = excluded.answers,
          consents = excluded.consents, updated_at = now()`;
  await writeAudit(tx, {
    actorId: userId,
    action: 'registration.answered',
    subjectId: competitionId,
    // Which questions, and not what was answered: what a person erases must not stay in the audit log.
    details: { memberId, userId, questions: changed.map(({ label }) => label) },
  });
}
