import { QUESTION_KINDS, QUESTIONS_MAX } from '@mini-compete/shared/question-limits';
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
    }),
  )
  .max(QUESTIONS_MAX);
