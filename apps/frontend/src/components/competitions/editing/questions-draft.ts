import { QUESTION_KINDS, QUESTIONS_MAX } from '@mini-compete/shared/question-limits';
import { ANSWERED_BY } from '@mini-compete/shared/team-rules';
import { z } from 'zod';

const text = z.string().max(50_000);

/** What is kept of unsaved questions: `DraftQuestion`s. */
export const QuestionsDraft = z
  .array(
    z.object({
      id: z.string().max(40),
      kind: z.enum(QUESTION_KINDS),
      label: text,
      help: text,
      required: z.boolean(),
      options: text,
      min: text,
      max: text,
      // What the previous version has stored has none.
      answeredBy: z.enum(ANSWERED_BY).default('TEAM'),
    }),
  )
  .max(QUESTIONS_MAX);
