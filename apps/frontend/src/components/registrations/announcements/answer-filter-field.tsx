'use client';

import type { AnswerFilter } from '@mini-compete/shared/announcements';
import type { Question } from '@mini-compete/shared/questions';
import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';
import { useFormats, useTexts } from '#texts';
import { useAnswerText } from '@/components/competitions/questions/use-answer-text';
import { CheckboxRow } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { type AnswerChoice, answerChoices, toggleAnswer } from './answer-filters';

type Props = {
  questions: readonly Question[];
  filters: readonly AnswerFilter[];
  onChange: (filters: AnswerFilter[]) => void;
};

/** Only people who gave certain answers. Shows nothing where no question has answers to choose from. */
export function AnswerFilterField({ questions, filters, onChange }: Props) {
  const t = useTexts('announcements');
  const noteId = useId();
  const [before] = useState(filters);
  const choices = answerChoices(questions, filters, before);
  if (choices.length === 0) return null;
  const isOutdated = choices.some(({ answers }) => answers.some(({ isChosen, isOffered }) => isChosen && !isOffered));
  return (
    <fieldset aria-describedby={noteId} className="mt-4 border-t border-line pt-4">
      <legend className="float-start w-full text-sm font-semibold">{t('audience.answers')}</legend>
      <p id={noteId} className="clear-both pt-1 text-sm text-muted">
        {t('audience.answersHelp')}
      </p>
      {isOutdated && (
        <Notice tone="warning" className="mt-3">
          {t('audience.outdated')}
        </Notice>
      )}
      <div className="mt-3 border-t border-line">
        {choices.map((choice) => (
          <AnswersOf
            key={choice.id}
            choice={choice}
            onToggle={(value) => onChange(toggleAnswer(filters, choice.id, value))}
          />
        ))}
      </div>
    </fieldset>
  );
}

function AnswersOf({
  choice: { id, question, answers },
  onToggle,
}: {
  choice: AnswerChoice;
  onToggle: (value: string) => void;
}) {
  const t = useTexts('announcements');
  const { list } = useFormats();
  const answerText = useAnswerText();
  // The kind of a question that is gone is not known here, so yes and no are told by the value.
  const textOf = (value: string) =>
    answerText(question?.kind ?? (value === 'true' || value === 'false' ? 'YES_NO' : 'CHOICE'), value);
  const chosen = answers.filter(({ isChosen }) => isChosen);
  // The first time only: it would close under the cursor with the last tick taken out.
  const [startsOpen] = useState(chosen.length > 0);
  const label = question === null ? t('audience.noLongerAsked') : question.label;
  return (
    <details open={startsOpen} className="group border-b border-line">
      <summary className="flex min-h-11 list-none items-center gap-2 py-2 text-sm [&::-webkit-details-marker]:hidden">
        <ChevronDown aria-hidden="true" className="size-4 shrink-0 transition-transform group-open:rotate-180" />
        <span className="min-w-0 wrap-anywhere">
          <bdi>{label}</bdi>
          {chosen.length > 0 && (
            <span className="block font-semibold">{list(chosen.map(({ value }) => textOf(value)))}</span>
          )}
        </span>
      </summary>
      <fieldset className="ps-6 pb-2">
        <legend className="sr-only">{label}</legend>
        {answers.map(({ value, isChosen, isOffered }, index) => (
          <CheckboxRow
            key={value}
            id={`announcement-answer-${id}-${index}`}
            checked={isChosen}
            onChange={() => onToggle(value)}
          >
            <bdi>{textOf(value)}</bdi>
            {!isOffered && <span className="block text-sm text-muted">{t('audience.noLongerOffered')}</span>}
          </CheckboxRow>
        ))}
      </fieldset>
    </details>
  );
}
