import type { AnswerValue, AnswerValues } from '@mini-compete/shared/answers';
import type { Question } from '@mini-compete/shared/questions';
import type { ReactNode } from 'react';
import { useFormats, useTexts } from '#texts';

type Props = {
  questions: readonly Question[];
  answers: AnswerValues;
  /** By the id of the question, what the person agreed to. */
  consents?: Readonly<Record<string, string>>;
};

/** Questions with a person's answers. Needs the texts of `questions`. */
export function AnswersView({ questions, answers, consents = {} }: Props) {
  const given = new Map(Object.entries(answers));
  const texts = new Map(Object.entries(consents));
  return (
    <dl className="flex flex-col gap-3 text-sm">
      {questions.map((question) => (
        <div key={question.id}>
          <dt className="text-muted">
            <bdi>{question.label}</bdi>
          </dt>
          <dd className="mt-0.5 min-w-0 wrap-break-word">
            <AnswerText kind={question.kind} value={given.get(question.id)} />
            <AgreedText text={texts.get(question.id)} question={question} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function AnswerText({ kind, value }: { kind: Question['kind']; value: AnswerValue | undefined }): ReactNode {
  const t = useTexts('questions');
  const { list, number, calendarDay } = useFormats();
  if (kind === 'CONSENT') return t(value === true ? 'given' : 'notGiven');
  if (value === undefined) return <span className="text-muted">{t('none')}</span>;
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (typeof value === 'number') return <bdi className="tabular">{number(value)}</bdi>;
  if (typeof value === 'object') return list(value);
  if (kind === 'DATE') return calendarDay(value);
  if (kind === 'URL') return <Address href={value} />;
  return <bdi className="block text-match-parent whitespace-pre-line">{value}</bdi>;
}

/** Written by a stranger: it gets no referrer and no access to this page. */
function Address({ href }: { href: string }) {
  const t = useTexts('questions');
  if (!/^https?:\/\//i.test(href)) return <bdi dir="ltr">{href}</bdi>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc" className="link">
      <bdi dir="ltr">{href}</bdi>
      <span className="sr-only"> ({t('newTab')})</span>
    </a>
  );
}

/** Only when it is another text than the one that is asked now. */
function AgreedText({ text, question: { label, help } }: { text: string | undefined; question: Question }) {
  const t = useTexts('questions');
  if (text === undefined || text === (help ? `${label}\n\n${help}` : label)) return null;
  return <span className="mt-1 block whitespace-pre-line text-muted">{t('agreedTo', { text })}</span>;
}
