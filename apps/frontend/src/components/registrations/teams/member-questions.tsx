import { useTexts } from '#texts';
import { QuestionFields } from '@/components/competitions/questions/question-fields';
import { Notice } from '@/components/ui/notice';
import type { AnswersForm } from '../answers/use-answers';

/** What every member of a team is asked when making or joining it. */
export function MemberQuestions({ form, changed, title }: { form: AnswersForm; changed: boolean; title: string }) {
  const t = useTexts('questions');
  const { questions, values, errors, change } = form;
  if (questions.length === 0) return null;
  return (
    <section aria-labelledby="member-questions" className="flex flex-col gap-5 border-t border-line pt-6">
      <div>
        <h2 id="member-questions" className="text-lg">
          {title}
        </h2>
        <p className="mt-1 text-sm text-muted">{t('text')}</p>
      </div>
      {changed && <Notice tone="warning" live="assertive" title={t('changed')} />}
      <QuestionFields questions={questions} values={values} errors={errors} onChange={change} />
      <p role="status" className="text-sm text-error empty:hidden">
        {errors.size > 0 && t('needAttention', { count: errors.size })}
      </p>
    </section>
  );
}
