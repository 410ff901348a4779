import type { Question } from '@mini-compete/shared/questions';
import type { AnswerCounts } from '@mini-compete/shared/registrations';
import { ChevronDown } from 'lucide-react';
import Link from 'next/link';
import { useFormats, useTexts } from '#texts';
import { useAnswerText } from '@/components/competitions/questions/use-answer-text';
import type { RegistrantsView } from './registrants-query';

type AnswerView = Pick<RegistrantsView, 'question' | 'answer'>;

type Props = {
  questions: readonly Question[];
  counts: AnswerCounts;
  view: AnswerView;
  pathOf: (changes: AnswerView) => string;
};

/** How often each option was chosen. An option is a link to the people who have chosen it. */
export function AnswerFilter({ questions, counts, view, pathOf }: Props) {
  const t = useTexts('questions');
  const answerText = useAnswerText();
  if (counts.questions.length === 0) return null;
  const filtered = questions.find(({ id }) => id === view.question && view.answer !== '');
  return (
    <div className="no-print mt-4">
      <details className="group border-y border-line" open={filtered !== undefined}>
        <summary className="flex min-h-11 list-none items-center gap-2 text-sm font-semibold [&::-webkit-details-marker]:hidden">
          <ChevronDown aria-hidden="true" className="size-4 transition-transform group-open:rotate-180" />
          {t('staff.summary')}
        </summary>
        <div className="grid gap-x-10 gap-y-6 pt-2 pb-5 sm:grid-cols-2 lg:grid-cols-3">
          {counts.questions.map((counted) => {
            const question = questions.find(({ id }) => id === counted.id);
            return (
              question && <Counts key={question.id} question={question} counted={counted} view={view} pathOf={pathOf} />
            );
          })}
        </div>
      </details>
      {filtered && (
        <p className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
          {t('staff.filtered', { question: filtered.label, answer: answerText(filtered.kind, view.answer) })}
          <Link href={pathOf({ question: '', answer: '' })} scroll={false} className="link font-semibold">
            {t('staff.all')}
          </Link>
        </p>
      )}
    </div>
  );
}

function Counts({
  question,
  counted: { answered, options },
  view,
  pathOf,
}: Pick<Props, 'view' | 'pathOf'> & { question: Question; counted: AnswerCounts['questions'][number] }) {
  const t = useTexts('questions');
  const { number } = useFormats();
  const answerText = useAnswerText();
  const isChosen = (value: string) => view.question === question.id && view.answer === value;
  return (
    <section aria-label={question.label} className="min-w-0">
      <h3 className="text-sm font-semibold">
        <bdi>{question.label}</bdi>
      </h3>
      <p className="tabular text-xs text-muted">
        {answered === 0 ? t('staff.nobody') : t('staff.answered', { count: answered })}
      </p>
      <ul className="mt-1.5">
        {options.map(({ value, count }) => (
          <li key={value}>
            <Link
              href={pathOf(isChosen(value) ? { question: '', answer: '' } : { question: question.id, answer: value })}
              scroll={false}
              aria-current={isChosen(value) ? 'true' : undefined}
              className={`relative flex min-h-small-control items-center justify-between gap-4 rounded-sm px-2 text-sm hover:bg-sunken ${isChosen(value) ? 'font-semibold inset-ring-2 inset-ring-accent forced-colors:forced-selected' : ''}`}
            >
              <span
                aria-hidden="true"
                className="absolute inset-y-1 start-0 rounded-sm bg-accent-soft"
                style={{ width: `${answered === 0 ? 0 : (100 * count) / answered}%` }}
              />
              <bdi className="relative min-w-0">{answerText(question.kind, value)}</bdi>
              <span className="tabular relative shrink-0">{number(count)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
