'use client';

import type { AnswerProblem } from '@mini-compete/shared/answers';
import type { Question } from '@mini-compete/shared/questions';
import { useFormats, useTexts } from '#texts';
import type { FieldValue, FieldValues } from './answer-values';
import { QuestionField } from './question-field';

type Props = {
  questions: readonly Question[];
  values: FieldValues;
  onChange: (id: string, value: FieldValue) => void;
  /** By the id of the question. */
  errors?: ReadonlyMap<string, string>;
  /** Of the ids of the controls. */
  prefix?: string;
};

export const fieldId = (id: string, prefix = 'answer') => `${prefix}-${id}`;

/** The form that people fill in. */
export function QuestionFields({ questions, values, onChange, errors, prefix }: Props) {
  return (
    <div className="flex flex-col gap-5">
      {questions.map((question) => (
        <QuestionField
          key={question.id}
          id={fieldId(question.id, prefix)}
          question={question}
          value={Object.hasOwn(values, question.id) ? values[question.id] : undefined}
          error={errors?.get(question.id)}
          onChange={(value) => onChange(question.id, value)}
        />
      ))}
    </div>
  );
}

/** The text for a problem, in the reader's language. Needs the texts of `validation`. */
export function useProblemText(): (problem: AnswerProblem) => string {
  const t = useTexts('validation') as unknown as (key: string, values?: AnswerProblem['values']) => string;
  const { calendarDay } = useFormats();
  return ({ key, values }) =>
    t(key, typeof values?.date === 'string' ? { ...values, date: calendarDay(values.date) } : values);
}
