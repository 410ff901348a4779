import { type AnswerProblem, checkAnswers, isAnsweredBy } from '@mini-compete/shared/answers';
import type { Register } from '@mini-compete/shared/registrations';
import type { AnsweredBy } from '@mini-compete/shared/team-rules';
import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { type QuestionSet, QuestionsRepository } from '../../competitions/questions/questions.repository.js';
import { askedOf } from '../../competitions/questions/questions.rules.js';
import type { DomainErrorOptions } from '../../platform/errors/domain-error.js';

type GivenAnswers = NonNullable<Register['answers']>;

/** Answers, and the version of the questions that they were checked against. */
export interface CheckedAnswers {
  readonly version: number;
  /** As JSON, see `register_v2`; null when they are not valid. */
  readonly json: string | null;
}

export interface AnswerCheck {
  /** For the SQL functions that admit. */
  readonly checked: CheckedAnswers;
  /** For the response, should the answers be what prevents the registration. */
  readonly problems: readonly AnswerProblem[];
}

/** Bytes, enough for the questions of thousands of competitions. */
const CACHE_SIZE = 20 * 1024 * 1024;

/** Checks the answers of requests. Whether their version is the current one is decided under the competition's lock. */
@Injectable()
export class AnswerChecker {
  private readonly sets = new LRUCache<string, QuestionSet>({
    maxSize: CACHE_SIZE,
    sizeCalculation: ({ questions }) => 1_000 + 2 * JSON.stringify(questions).length,
  });

  constructor(private readonly questions: QuestionsRepository) {}

  /** Null when the request answers nothing: then nothing is read. `part`: only what the team or what a member answers. */
  check(
    competitionId: string,
    { answers, questionsVersion }: Pick<Register, 'answers' | 'questionsVersion'>,
    part?: AnsweredBy,
  ): Promise<AnswerCheck | null> | null {
    if (questionsVersion !== undefined) return this.checkVersion(competitionId, questionsVersion, answers ?? {}, part);
    return answers === undefined ? null : this.checkWithoutVersion(competitionId, answers, part);
  }

  async checkVersion(
    competitionId: string,
    version: number,
    answers: GivenAnswers,
    part?: AnsweredBy,
  ): Promise<AnswerCheck> {
    const key = `${competitionId} ${version}`;
    const cached = this.sets.get(key);
    // Edits within a version keep valid answers valid, so only a refusal needs the questions as they are now.
    if (cached !== undefined) {
      const check = checkOf(cached, answers, part);
      if (check.problems.length === 0) return check;
    }
    const set = await this.questions.find(competitionId, version);
    if (set === null) return { checked: { version, json: null }, problems: [] };
    this.sets.set(key, set);
    return checkOf(set, answers, part);
  }

  /** What a refusal with QUESTIONS_CHANGED tells. */
  async questionsNow(competitionId: string): Promise<DomainErrorOptions> {
    return questionsAsOptions(await this.questions.current(competitionId));
  }

  /** Where something has to be answered, a request that does not say which questions it answers is outdated. */
  private async checkWithoutVersion(
    competitionId: string,
    answers: GivenAnswers,
    part?: AnsweredBy,
  ): Promise<AnswerCheck | null> {
    const set = await this.questions.current(competitionId);
    const asked = askedOf(set.questions).filter((question) => isAnsweredBy(question, part));
    return asked.some(({ required }) => required) ? null : checkOf(set, answers, part);
  }
}

function checkOf({ version, questions }: QuestionSet, given: GivenAnswers, part?: AnsweredBy): AnswerCheck {
  const { problems, ...answers } = checkAnswers(
    questions.filter((question) => isAnsweredBy(question, part)),
    given,
  );
  return { checked: { version, json: problems.length === 0 ? JSON.stringify(answers) : null }, problems };
}

export const problemsAsOptions = (problems: readonly AnswerProblem[]): DomainErrorOptions => ({
  errors: problems.map(({ id, ...text }) => ({ path: `answers.${id}`, ...text })),
});

export const questionsAsOptions = ({ version, questions }: QuestionSet): DomainErrorOptions => ({
  extra: { questionsVersion: version, questions: askedOf(questions) },
});
