import { isAnsweredBy, type StoredQuestion } from '@mini-compete/shared/answers';
import { mayInvalidateAnswers, withDeleted } from '@mini-compete/shared/question-changes';
import type { Question } from '@mini-compete/shared/questions';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import { DataLoader } from '../../platform/concurrency/data-loader.js';
import { POOL } from '../../platform/database/pool.js';
import type { Tx } from '../../platform/database/prisma.service.js';

/** Questions with those that were deleted, as they are stored. */
export interface QuestionSet {
  readonly version: number;
  readonly questions: readonly StoredQuestion[];
}

/** A competition that asks nothing has no row. */
export const NO_QUESTIONS: QuestionSet = { version: 0, questions: [] };

const VERSIONS = `
SELECT n::int, q.version, q.questions
FROM unnest($1::uuid[], $2::int[]) WITH ORDINALITY AS k (competition_id, version, n)
JOIN question_versions q ON q.competition_id = k.competition_id AND q.version = k.version`;

const CURRENT = `
SELECT q.version, q.questions
FROM competitions c JOIN question_versions q ON q.competition_id = c.id AND q.version = c.questions_version
WHERE c.id = $1::uuid AND c.deleted_at IS NULL`;

const MAX_BATCH = 500;

/** The questions of competitions. They are written with the competition, under its lock. */
@Injectable()
export class QuestionsRepository {
  private readonly versions = new DataLoader<QuestionSet>((keys) => this.findMany(keys), MAX_BATCH);

  constructor(@Inject(POOL) private readonly pool: pg.Pool) {}

  /** A version, as it is now: edits that keep all answers valid change the current one in place. */
  async find(competitionId: string, version: number): Promise<QuestionSet | null> {
    return version === 0 ? NO_QUESTIONS : this.versions.get(`${competitionId} ${version}`);
  }

  async current(competitionId: string): Promise<QuestionSet> {
    const { rows } = await this.pool.query<QuestionSet>({ name: 'questions', text: CURRENT, values: [competitionId] });
    return rows[0] ?? NO_QUESTIONS;
  }

  /** Sees what the transaction itself has written. */
  async currentIn(tx: Tx, competitionId: string): Promise<QuestionSet> {
    const [row] = await tx.$queryRawUnsafe<QuestionSet[]>(CURRENT, competitionId);
    return row ?? NO_QUESTIONS;
  }

  /** The caller holds the lock of the competition: a registration compares the version under it. */
  async save(tx: Tx, competitionId: string, before: QuestionSet, questions: readonly Question[]): Promise<void> {
    const isFirst = before.version === 0;
    const version = before.version + (isFirst || mayInvalidateAnswers(before.questions, questions) ? 1 : 0);
    const stored = JSON.stringify(withDeleted(before.questions, questions));
    await tx.$executeRaw`
      INSERT INTO question_versions (competition_id, version, questions)
      VALUES (${competitionId}::uuid, ${version}, ${stored}::jsonb)
      ON CONFLICT (competition_id, version) DO UPDATE SET questions = excluded.questions`;
    const required = questions.filter((question) => question.required);
    const ofMembers = required.filter((question) => isAnsweredBy(question, 'MEMBER')).length;
    // In a competition for persons, everybody answers everything.
    await tx.$executeRaw`
      UPDATE competitions
      SET questions_version = ${version},
          requires_answers = ${required.length}::int > CASE WHEN team_max IS NULL THEN 0 ELSE ${ofMembers}::int END,
          requires_member_answers = team_max IS NOT NULL AND ${ofMembers}::int > 0
      WHERE id = ${competitionId}::uuid`;
  }

  private async findMany(keys: string[]): Promise<ReadonlyMap<string, QuestionSet>> {
    const pairs = keys.map((key) => key.split(' ') as [string, string]);
    const { rows } = await this.pool.query<QuestionSet & { n: number }>({
      name: 'question_versions',
      text: VERSIONS,
      values: [pairs.map(([id]) => id), pairs.map(([, version]) => Number(version))],
    });
    return new Map(rows.map(({ n, ...set }) => [keys[n - 1] as string, set]));
  }
}
