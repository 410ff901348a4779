'use client';

import { checkAnswers, isAnsweredBy } from '@mini-compete/shared/answers';
import type { Question } from '@mini-compete/shared/questions';
import type { ChangeAnswers, RegistrationAnswers } from '@mini-compete/shared/registrations';
import type { AnsweredBy } from '@mini-compete/shared/team-rules';
import { ChevronDown } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '#texts';
import { type FieldValues, fromAnswers, toAnswers } from '@/components/competitions/questions/answer-values';
import { AnswersView } from '@/components/competitions/questions/answers-view';
import { fieldId, QuestionFields, useProblemText } from '@/components/competitions/questions/question-fields';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { call } from '@/lib/api/client';
import { getCompetition } from '@/lib/api/competitions';
import { isApiError } from '@/lib/api/problem';
import { changeAnswers, getMyAnswers } from '@/lib/api/registrations';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';

type Answers = Pick<RegistrationAnswers, 'questions' | 'answers' | 'consents'>;

/** Where the answers are, if not in the person's registration. */
export type AnswersSource = {
  readonly load: () => Promise<Answers>;
  readonly save: (body: ChangeAnswers) => Promise<Answers>;
};

type Props = {
  competitionId: string;
  canChange: boolean;
  /** Of a competition for teams: which questions are answered here. */
  part?: AnsweredBy;
  source?: AnswersSource;
  /** Something has to be answered: shows the form at once. */
  opensForEditing?: boolean;
};

/** What the person has answered, loaded when it is opened, and changed until the deadline. */
export function MyAnswers({ competitionId, canChange, part, source, opensForEditing = false }: Props) {
  const t = useTexts('questions');
  const [answers, setAnswers] = useState<Answers | 'failed' | null>(null);
  const [editing, setEditing] = useState(opensForEditing);
  /** Answering must not close it. */
  const [startsOpen] = useState(opensForEditing);
  const [saved, setSaved] = useState(false);
  const details = useRef<HTMLDetailsElement>(null);
  const changeButton = useRef<HTMLButtonElement>(null);
  const load = () => {
    if (answers !== null && answers !== 'failed') return;
    const loading = source ? source.load() : getMyAnswers(call, competitionId);
    loading.then(setAnswers, () => setAnswers('failed'));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once; it may have opened before the page could listen
  useEffect(() => {
    if (details.current?.open) load();
  }, []);
  const close = () => {
    setEditing(false);
    requestAnimationFrame(() => changeButton.current?.focus());
  };
  return (
    <details
      ref={details}
      className="group print:hidden"
      open={startsOpen || undefined}
      onToggle={({ currentTarget }) => currentTarget.open && load()}
    >
      <summary className="inline-flex min-h-11 list-none items-center gap-2 text-sm font-semibold underline underline-offset-4 [&::-webkit-details-marker]:hidden">
        {t(part === 'TEAM' ? 'team' : part === 'MEMBER' ? 'asMember' : 'mine.title')}
        <ChevronDown aria-hidden="true" className="size-4 transition-transform group-open:rotate-180" />
      </summary>
      <div className="mt-2 flex flex-col gap-4">
        {answers === null ? (
          <p role="status" className="text-sm text-muted">
            {t('mine.loading')}
          </p>
        ) : answers === 'failed' ? (
          <Notice tone="error" live="polite" title={t('mine.failed')} />
        ) : editing ? (
          <EditAnswers
            competitionId={competitionId}
            part={part}
            source={source}
            current={answers}
            cancel={close}
            done={(changed) => {
              setAnswers(changed);
              setSaved(true);
              close();
            }}
          />
        ) : (
          <>
            {answers.questions.length === 0 ? (
              <p className="text-sm text-muted">{t('mine.nothing')}</p>
            ) : (
              <AnswersView {...answers} />
            )}
            <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
              {canChange && (answers.questions.length > 0 || source) && (
                <Button
                  ref={changeButton}
                  size="sm"
                  onClick={() => {
                    setSaved(false);
                    setEditing(true);
                  }}
                >
                  {t('mine.change')}
                </Button>
              )}
              <p role="status" className="text-sm font-semibold text-success empty:hidden">
                {saved && t('mine.saved')}
              </p>
            </div>
            <p className="text-sm text-muted">
              {part === 'MEMBER'
                ? t(canChange ? 'mine.untilFixed' : 'mine.fixed')
                : t(canChange ? 'mine.until' : 'mine.closed')}
            </p>
          </>
        )}
      </div>
    </details>
  );
}

type EditProps = {
  competitionId: string;
  part: AnsweredBy | undefined;
  source: AnswersSource | undefined;
  current: Answers;
  cancel: () => void;
  done: (changed: Answers) => void;
};

const PREFIX = 'my-answer';

function EditAnswers({ competitionId, part, source, current, cancel, done }: EditProps) {
  const t = useTexts('questions');
  const problemText = useProblemText();
  const key = useRef({ body: '', value: '' });
  const [values, setValues] = useState<FieldValues>(() => fromAnswers(current.answers));
  const [asked, setAsked] = useState<{ version: number; questions: readonly Question[] } | null>(null);
  const [isChecked, setChecked] = useState(false);
  const [hasChanged, setHasChanged] = useState(false);
  const { busy, failure, run } = useSubmit();
  const isAsked = (question: Question) => isAnsweredBy(question, part);
  const questions = (asked?.questions ?? current.questions).filter(isAsked);

  const errors = new Map(
    isChecked
      ? checkAnswers(questions, toAnswers(questions, values)).problems.map((problem) => [
          problem.id,
          problemText(problem),
        ])
      : [],
  );
  const save = () =>
    run(async () => {
      // What is asked now may be more than what was answered, and less than what is shown.
      const loaded = asked ?? (await presentQuestions(competitionId));
      setAsked(loaded);
      const present = loaded.questions.filter(isAsked);
      const answers = toAnswers(present, values);
      const [first] = checkAnswers(present, answers).problems;
      setChecked(true);
      if (first) {
        requestAnimationFrame(() => document.getElementById(fieldId(first.id, PREFIX))?.focus());
        return;
      }
      const body = { answers, questionsVersion: loaded.version };
      // The same key for the same answers, so that a retry after a lost response replays it.
      const text = JSON.stringify(body);
      if (key.current.body !== text) key.current = { body: text, value: newIdempotencyKey() };
      try {
        done(await (source ? source.save(body) : changeAnswers(call, competitionId, body, key.current.value)));
      } catch (error) {
        if (!isApiError(error, 'QUESTIONS_CHANGED') || !error.problem.questions) throw error;
        setAsked({ version: error.problem.questionsVersion ?? 0, questions: error.problem.questions });
        setHasChanged(true);
      }
    });
  return (
    <form
      method="post"
      noValidate
      className="flex flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void save();
      }}
    >
      {hasChanged && <Notice tone="warning" live="assertive" title={t('changed')} />}
      <QuestionFields
        prefix={PREFIX}
        questions={questions}
        values={values}
        errors={errors}
        onChange={(id, value) => setValues((entered) => ({ ...entered, [id]: value }))}
      />
      {failure && <Notice tone="error" live="assertive" title={failure.titleWithDetail} />}
      <div className="flex flex-wrap gap-x-5 gap-y-3">
        <Button type="submit" tone="primary" size="sm" busy={busy}>
          {t(busy ? 'mine.saving' : 'mine.save')}
        </Button>
        <Button size="sm" tone="ghost" onClick={cancel}>
          {t('mine.cancel')}
        </Button>
      </div>
    </form>
  );
}

async function presentQuestions(competitionId: string) {
  const { questions = [], questionsVersion = 0 } = await getCompetition(call, competitionId);
  return { version: questionsVersion, questions };
}
