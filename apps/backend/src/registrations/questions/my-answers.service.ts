import { type AnswerValues, isAnsweredBy, type StoredQuestion } from '@mini-compete/shared/answers';
import type { ChangeAnswers, RegistrationAnswers } from '@mini-compete/shared/registrations';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { QuestionsRepository } from '../../competitions/questions/questions.repository.js';
import { writeAudit } from '../../platform/audit/audit.js';
import { POOL } from '../../platform/database/pool.js';
import type { Tx } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import type { Arrival } from '../../platform/http/arrival.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { IdempotencyService, type IdempotentResponse } from '../../platform/idempotency/idempotency.service.js';
import { IS_ACTIVE } from '../../registry/registration-statuses.js';
import { AnswerChecker, problemsAsOptions, questionsAsOptions } from './answer-checker.js';
import { changedQuestions, toDeleted } from './answers.rules.js';
import { ANSWERS_OF, type AnswersRow, answersOf } from './answers.sql.js';

/** The active registration of person $1 for competition $2: their own, or that of the team that they are a member of. */
const IS_MINE = `r.competition_id = $2::uuid AND r.status ${IS_ACTIVE} AND (r.user_id = $1::uuid OR r.team_id = (
  SELECT team_id FROM team_members WHERE competition_id = $2::uuid AND user_id = $1::uuid AND left_at IS NULL))`;
const MINE = `${ANSWERS_OF} WHERE ${IS_MINE}`;
const IS_FOR_TEAMS = 'SELECT team_max IS NOT NULL AS "isForTeams" FROM competitions WHERE id = $1::uuid';

/**
 * The lock of the competition is not taken: answers that are saved while an organizer edits the questions are as good as
 * answers that were saved just before. The row of the registration orders two changes.
 */
const LOCKED = `
SELECT r.id, c.questions_version AS "questionsVersion", c.cancelled_at IS NOT NULL AS "isCanceled",
       statement_timestamp() - $3 * interval '1 millisecond' >= c.reg_deadline AS "isTooLate", r.team_id AS "teamId",
       (SELECT captain_id FROM teams WHERE id = r.team_id) IS DISTINCT FROM $1::uuid AND r.team_id IS NOT NULL AS "isOthers"
FROM registrations r JOIN competitions c ON c.id = r.competition_id
WHERE ${IS_MINE} AND c.deleted_at IS NULL
FOR NO KEY UPDATE OF r`;

interface Caller {
  readonly principal: Principal;
  /** The idempotency key. */
  readonly key: string | null;
  readonly arrival: Arrival;
}

interface LockedRow {
  readonly id: string;
  readonly questionsVersion: number;
  readonly isCanceled: boolean;
  readonly isTooLate: boolean;
  /** Null for a person. */
  readonly teamId: string | null;
  /** Only the captain answers for a team. */
  readonly isOthers: boolean;
}

/** What the participant has answered, or their team, and changes to it until the deadline. */
@Injectable()
export class MyAnswers {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly questions: QuestionsRepository,
    private readonly checker: AnswerChecker,
    private readonly idempotency: IdempotencyService,
  ) {}

  async read(competitionId: string, { userId }: Principal): Promise<RegistrationAnswers> {
    const query = { name: 'my_answers', text: MINE, values: [userId, competitionId] };
    const { rows } = await this.pool.query<AnswersRow>(query);
    if (rows[0] === undefined) throw new DomainError('NOT_REGISTERED');
    return answersOf(rows[0], await this.partOf(competitionId));
  }

  async change(competitionId: string, body: ChangeAnswers, caller: Caller): Promise<IdempotentResponse> {
    const { principal, key, arrival } = caller;
    const request = { ...principal, key, fingerprint: fingerprint({ id: competitionId }, body) };
    // Before the transaction: it would wait for a second connection while it holds one.
    const part = await this.partOf(competitionId);
    const check = await this.checker.checkVersion(competitionId, body.questionsVersion, body.answers, part);
    return this.idempotency.run('ANSWER', request, async (tx) => {
      const waitedMs = performance.now() - arrival.earliest;
      const [registration] = await tx.$queryRawUnsafe<LockedRow[]>(LOCKED, principal.userId, competitionId, waitedMs);
      if (registration === undefined) throw new DomainError('NOT_REGISTERED');
      if (registration.isOthers) throw new DomainError('NOT_CAPTAIN');
      if (registration.isCanceled || registration.isTooLate) throw new DomainError('REGISTRATION_CLOSED');
      const current = await this.questions.currentIn(tx, competitionId);
      if (registration.questionsVersion !== body.questionsVersion)
        throw new DomainError('QUESTIONS_CHANGED', questionsAsOptions(current));
      const json = check.checked.json;
      if (json === null) throw new DomainError('VALIDATION_FAILED', problemsAsOptions(check.problems));
      await store(tx, { competitionId, userId: principal.userId, registration, questions: current.questions, json });
      const [row] = await tx.$queryRawUnsafe<[AnswersRow]>(MINE, principal.userId, competitionId);
      return { status: 200, body: answersOf(row, part) };
    });
  }

  /** Of a competition for teams: what the team answers. */
  private async partOf(competitionId: string): Promise<'TEAM' | undefined> {
    const query = { name: 'is_for_teams', text: IS_FOR_TEAMS, values: [competitionId] };
    const { rows } = await this.pool.query<{ isForTeams: boolean }>(query);
    return rows[0]?.isForTeams ? 'TEAM' : undefined;
  }
}

interface Change {
  readonly competitionId: string;
  readonly userId: string;
  readonly registration: LockedRow;
  readonly questions: readonly StoredQuestion[];
  /** As from the checker. */
  readonly json: string;
}

async function store(tx: Tx, { competitionId, userId, registration, questions, json }: Change): Promise<void> {
  const { id, questionsVersion, teamId } = registration;
  const given = JSON.parse(json) as { answers: AnswerValues; consents: Record<string, string> };
  const stored = await tx.registrationAnswers.findUnique({ where: { registrationId: id } });
  const before = (stored?.answers ?? {}) as AnswerValues;
  const asked = questions.filter((question) => isAnsweredBy(question, teamId === null ? undefined : 'TEAM'));
  const changed = changedQuestions(asked, before, given.answers);
  if (changed.length === 0 && stored?.questionsVersion === questionsVersion) return;
  const answers = JSON.stringify({ ...toDeleted(questions, before), ...given.answers });
  await tx.$executeRaw`
    INSERT INTO registration_answers (registration_id, questions_version, answers, consents)
    VALUES (${id}::uuid, ${questionsVersion}, ${answers}::jsonb, ${JSON.stringify(given.consents)}::jsonb)
    ON CONFLICT (registration_id) DO UPDATE
      SET questions_version = excluded.questions_version, answers = excluded.answers,
          consents = excluded.consents, updated_at = now()`;
  await writeAudit(tx, {
    actorId: userId,
    action: 'registration.answered',
    subjectId: competitionId,
    // Which questions, and not what was answered: what a person erases must not stay in the audit log.
    details: {
      registrationId: id,
      ...(teamId === null ? { userId } : { teamId }),
      questions: changed.map(({ label }) => label),
    },
  });
}
