'use client';

import { useTexts } from '#texts';
import { QuestionFields } from '@/components/competitions/questions/question-fields';
import { Notice } from '@/components/ui/notice';
import type { AnswersForm } from './use-answers';

type Props = {
  form: AnswersForm;
  /** The captain answers for the team. */
  forTeam?: boolean;
};

/** The questions of the organizer, in the registration panel. */
export function AnswersSection({ form, forTeam = false }: Props) {
  const t = useTexts('questions');
  const { questions, values, errors, haveChanged, change } = form;
  return (
    <section aria-labelledby="questions-title" className="flex flex-col gap-5 border-t border-line pt-5 print:hidden">
      <div>
        <h2 id="questions-title" className="text-lg">
          {t('title')}
        </h2>
        <p className="mt-1 text-sm text-muted">{t(forTeam ? 'textTeam' : 'text')}</p>
      </div>
      {haveChanged && <Notice tone="warning" live="assertive" title={t('changed')} />}
      <QuestionFields questions={questions} values={values} errors={errors} onChange={change} />
      <p role="status" className="text-sm text-error empty:hidden">
        {errors.size > 0 && t('needAttention', { count: errors.size })}
      </p>
    </section>
  );
}
