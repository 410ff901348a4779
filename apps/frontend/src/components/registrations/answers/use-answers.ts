'use client';

import { checkAnswers, isAnsweredBy } from '@mini-compete/shared/answers';
import type { Competition } from '@mini-compete/shared/competitions';
import type { Question } from '@mini-compete/shared/questions';
import type { AnsweredBy } from '@mini-compete/shared/team-rules';
import { useEffect, useState } from 'react';
import { type FieldValue, type FieldValues, toAnswers } from '@/components/competitions/questions/answer-values';
import { fieldId, useProblemText } from '@/components/competitions/questions/question-fields';
import type { ApiError } from '@/lib/api/problem';
import type { GivenAnswers } from '@/lib/registration-attempt';
import { findDraft, storeDraft } from './answers-draft';

type QuestionSet = { readonly version: number; readonly questions: readonly Question[] };

export type AnswersForm = {
  readonly questions: readonly Question[];
  readonly values: FieldValues;
  readonly errors: ReadonlyMap<string, string>;
  /** Since the page was opened, and something was entered. */
  readonly haveChanged: boolean;
  readonly change: (id: string, value: FieldValue) => void;
  /** The body of the request, or null if answers are not valid: then the first of them has the focus. */
  readonly prepare: () => GivenAnswers | null;
  /** Whether all answers are valid. */
  readonly isComplete: () => boolean;
  /** After registering. */
  readonly clear: () => void;
};

/**
 * The answers to the questions of a competition before registering. The questions are as the page was loaded, or as a
 * refused request says; what was entered for questions that stay is kept. `part`: only what the team, or each member of one
 * is asked.
 */
export function useAnswers(
  competition: Competition,
  participantId: string | null,
  refusal: ApiError | null,
  part?: AnsweredBy,
): AnswersForm {
  const problemText = useProblemText();
  const [values, setValues] = useState<FieldValues>({});
  const [isChecked, setChecked] = useState(false);
  const [known, setKnown] = useState<QuestionSet | null>(null);
  const { questions: refusedFor, questionsVersion: refusedVersion } = refusal?.problem ?? {};
  if (refusedFor && refusedVersion !== undefined && refusedVersion !== known?.version) {
    setKnown({ version: refusedVersion, questions: refusedFor });
    setChecked(true);
  }
  const loaded = { version: competition.questionsVersion ?? 0, questions: competition.questions ?? [] };
  const { version, questions: all } = known && known.version > loaded.version ? known : loaded;
  const [firstVersion] = useState(version);
  const questions = all.filter((question) => isAnsweredBy(question, part));

  useEffect(() => {
    const draft = findDraft(competition.id, participantId);
    if (draft) setValues(draft);
  }, [competition.id, participantId]);

  const check = (entered: FieldValues) => {
    const answers = toAnswers(questions, entered);
    return { answers, problems: checkAnswers(questions, answers).problems };
  };
  const own = isChecked ? check(values).problems.map((problem) => [problem.id, problemText(problem)] as const) : [];
  const refused = [...(refusal?.fields ?? [])].map(
    ([path, message]) => [path.replace(/^answers\./, ''), message] as const,
  );
  return {
    questions,
    values,
    errors: new Map([...refused, ...own]),
    haveChanged: version !== firstVersion && (isChecked || Object.keys(values).length > 0),
    change(id, value) {
      const next = { ...values, [id]: value };
      setValues(next);
      storeDraft(competition.id, { userId: participantId, values: next });
    },
    clear: () => storeDraft(competition.id, null),
    isComplete: () => check(values).problems.length === 0,
    prepare() {
      if (questions.length === 0) return {};
      // From the draft: after signing in, this runs before the state is filled from it.
      const { answers, problems } = check(findDraft(competition.id, participantId) ?? values);
      const [first] = problems;
      if (first === undefined) return { answers, questionsVersion: version };
      setChecked(true);
      const field = document.getElementById(fieldId(first.id));
      field?.scrollIntoView({ block: 'center' });
      field?.focus({ preventScroll: true });
      return null;
    },
  };
}
