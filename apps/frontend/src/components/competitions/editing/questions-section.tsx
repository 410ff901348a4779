'use client';

import { describeIssue } from '@mini-compete/messages/describe-issue';
import type { Competition } from '@mini-compete/shared/competitions';
import { QUESTIONS_MAX } from '@mini-compete/shared/question-limits';
import { type Question, Questions } from '@mini-compete/shared/questions';
import { Check, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useTexts } from '#texts';
import { isForTeams } from '@/components/competitions/catalog/participants';
import type { FieldValues } from '@/components/competitions/questions/answer-values';
import {
  asksAgain,
  type DraftQuestion,
  effectsOf,
  newQuestion,
  toDraft,
  toQuestion,
} from '@/components/competitions/questions/draft-question';
import { editorId } from '@/components/competitions/questions/question-editor';
import { QuestionFields } from '@/components/competitions/questions/question-fields';
import { QuestionList } from '@/components/competitions/questions/question-list';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { call } from '@/lib/api/client';
import { updateCompetition } from '@/lib/api/competitions';
import { isApiError } from '@/lib/api/problem';
import { useSubmit } from '@/lib/forms/use-submit';
import { DraftOffer } from './draft-offer';
import { QuestionsDraft } from './questions-draft';
import { draftKey, useStoredDraft } from './stored-draft';

type Props = {
  saved: Competition;
  /** People with a registration of whatever status. */
  registered: number;
  accountId: string;
  onSaved: (competition: Competition) => void;
  onChanged: (isChanged: boolean) => void;
};

const isSame = (a: readonly Question[], b: readonly Question[]) => JSON.stringify(a) === JSON.stringify(b);
const questionsOf = ({ questions = [] }: Competition): Question[] => questions.map(toDraft).map(toQuestion);

/** What the people who register are asked. Saved by itself, like the other sections. */
export function QuestionsSection({ saved, registered, accountId, onSaved, onChanged }: Props) {
  const t = useTexts('questionBuilder');
  const editing = useTexts('editing');
  const common = useTexts('common');
  const validation = useTexts('validation');
  const router = useRouter();
  const [original, setOriginal] = useState(() => questionsOf(saved));
  const [drafts, setDrafts] = useState<readonly DraftQuestion[]>(() => original.map(toDraft));
  const [openId, setOpenId] = useState<string | null>(null);
  const [isChecked, setChecked] = useState(false);
  const [theirs, setTheirs] = useState<Competition | null>(null);
  const [isSaved, setSaved] = useState(false);
  const { busy, failure, run } = useSubmit();
  const questions = drafts.map(toQuestion);
  const isChanged = !isSame(questions, original);
  const draft = useStoredDraft(draftKey(accountId, saved.id, 'questions'), QuestionsDraft, [...drafts], {
    isChanged,
    isWorthOffering: (found) => !isSame(found.map(toQuestion), questions),
  });
  const errors = isChecked ? problemsOf(questions, validation) : new Map<string, string>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: the callback is another function at each rendering
  useEffect(() => {
    onChanged(isChanged);
    if (isChanged) setSaved(false);
  }, [isChanged]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a newer competition replaces questions that nobody has touched
  useEffect(() => {
    if (!isChanged) use(saved);
  }, [saved]);

  function use(competition: Competition) {
    const next = questionsOf(competition);
    setOriginal(next);
    setDrafts(next.map(toDraft));
    setChecked(false);
    setTheirs(null);
  }
  const save = (current: Competition) => {
    setChecked(true);
    const [first] = problemsOf(questions, validation);
    if (first !== undefined) {
      const [index, field = 'label'] = first[0].split('.');
      const draft = drafts[Number(index)];
      setOpenId(draft?.id ?? null);
      requestAnimationFrame(() => draft && document.getElementById(editorId(draft.id, field))?.focus());
      return;
    }
    void run(async () => {
      try {
        const updated = await updateCompetition(call, current.id, current.version, { questions });
        draft.clear();
        use(updated);
        setOpenId(null);
        setSaved(true);
        onSaved(updated);
        router.refresh();
      } catch (error) {
        if (!isApiError(error, 'VERSION_STALE')) throw error;
        const present = error.problem.current as Competition;
        // Something else was edited: the questions are as they were.
        if (isSame(questionsOf(present), original)) save(present);
        else setTheirs(present);
      }
    });
  };
  const add = () => {
    const question = newQuestion();
    setDrafts([...drafts, question]);
    setOpenId(question.id);
    requestAnimationFrame(() => document.getElementById(editorId(question.id, 'label'))?.focus());
  };
  return (
    <section
      id="questions"
      aria-labelledby="questions-title"
      className="grid scroll-mt-6 gap-x-10 gap-y-6 border-t border-line pt-8 lg:grid-cols-[minmax(0,1fr)_22rem]"
    >
      <div className="flex min-w-0 flex-col gap-5">
        <div>
          <h2 id="questions-title" className="text-lg">
            {t('title')}
          </h2>
          <p className="mt-2 text-sm text-muted">{t('text')}</p>
        </div>
        {draft.offered && (
          <DraftOffer
            savedAt={draft.offered.savedAt}
            restore={() => {
              if (draft.offered) setDrafts(draft.offered.values);
              draft.dismiss();
            }}
            discard={draft.clear}
          />
        )}
        {theirs && (
          <Notice tone="warning" live="assertive" title={t('conflict.title')}>
            <p>{t('conflict.text')}</p>
            <div className="mt-3 flex flex-wrap gap-3">
              <Button size="sm" onClick={() => save(theirs)}>
                {t('conflict.mine')}
              </Button>
              <Button
                size="sm"
                onClick={() => {
                  draft.clear();
                  use(theirs);
                  onSaved(theirs);
                }}
              >
                {t('conflict.theirs')}
              </Button>
            </div>
          </Notice>
        )}
        {drafts.length === 0 && <p className="text-muted">{t('empty')}</p>}
        <QuestionList
          drafts={drafts}
          errors={errors}
          openId={openId}
          setOpenId={setOpenId}
          change={setDrafts}
          forTeams={isForTeams(saved)}
        />
        {drafts.length < QUESTIONS_MAX ? (
          <div>
            <Button id="add-question" icon={<Plus aria-hidden="true" className="size-4" />} onClick={add}>
              {t('add')}
            </Button>
          </div>
        ) : (
          <p className="text-sm text-muted">{t('most', { count: QUESTIONS_MAX })}</p>
        )}
        {isChanged && <Effects before={original} after={questions} people={registered} />}
        {failure && <Notice tone="error" live="assertive" title={failure.titleWithDetail} />}
        <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
          <Button
            tone={isChanged ? 'primary' : 'secondary'}
            busy={busy}
            inactive={!isChanged}
            aria-describedby="questions-title"
            onClick={() => save(saved)}
          >
            {busy ? editing('saving') : common('save')}
          </Button>
          {isChanged && (
            <Button
              tone="ghost"
              onClick={() => {
                draft.clear();
                use(saved);
              }}
            >
              {editing('discard')}
            </Button>
          )}
          <p role="status" className="flex items-center gap-1.5 text-sm font-semibold text-success empty:hidden">
            {isSaved && (
              <>
                <Check aria-hidden="true" className="size-4" />
                {editing('saved')}
              </>
            )}
          </p>
        </div>
      </div>
      <Preview questions={questions} />
    </section>
  );
}

/** The first error of each field, by index and name. */
function problemsOf(questions: readonly Question[], t: Parameters<typeof describeIssue>[0]): Map<string, string> {
  const errors = new Map<string, string>();
  for (const { path, message } of Questions.safeParse(questions, { error: describeIssue(t) }).error?.issues ?? []) {
    const field = path.slice(0, 2).join('.');
    if (!errors.has(field)) errors.set(field, message);
  }
  return errors;
}

/** Before saving: what happens to the answers that were given. */
function Effects({
  before,
  after,
  people,
}: {
  before: readonly Question[];
  after: readonly Question[];
  people: number;
}) {
  const t = useTexts('questionBuilder');
  const effects = effectsOf(before, after);
  if (effects.length === 0) return null;
  const again = asksAgain(effects);
  return (
    <Notice tone={again ? 'warning' : 'neutral'} live="polite" title={t('effect.title')}>
      <ul className="mt-1 list-disc ps-5">
        {effects.map(({ id, label, what }) => (
          <li key={id}>{t(`effect.${what}`, { label: label || t('untitled') })}</li>
        ))}
      </ul>
      <p className="mt-2">
        {t(again ? 'effect.asksAgain' : 'effect.keeps')}
        {again && people > 0 && ` ${t('effect.registered', { count: people })}`}
      </p>
    </Notice>
  );
}

/** The form as the registrants see it. */
function Preview({ questions }: { questions: readonly Question[] }) {
  const t = useTexts('questionBuilder');
  const [values, setValues] = useState<FieldValues>({});
  const shown = questions.filter(
    ({ label, kind, options = [] }) => label !== '' && (kind !== 'CHOICE' || options.length > 0),
  );
  return (
    <aside aria-label={t('preview')} className="min-w-0">
      <div className="rounded-lg bg-sunken p-5 lg:sticky lg:top-6 lg:max-h-[calc(100dvh-3rem)] lg:overflow-y-auto">
        <h3 className="text-base">{t('preview')}</h3>
        <p className="mt-1 text-sm text-muted">{t('previewText')}</p>
        <div className="mt-5">
          {shown.length === 0 ? (
            <p className="text-sm text-muted">{t('previewEmpty')}</p>
          ) : (
            <QuestionFields
              prefix="preview"
              questions={shown}
              values={values}
              onChange={(id, value) => setValues({ ...values, [id]: value })}
            />
          )}
        </div>
      </div>
    </aside>
  );
}
