'use client';

import { QUESTION_KINDS } from '@mini-compete/shared/question-limits';
import type { Question } from '@mini-compete/shared/questions';
import { ANSWERED_BY, type AnsweredBy } from '@mini-compete/shared/team-rules';
import { useTexts } from '#texts';
import { Field } from '@/components/ui/field';
import { Checkbox, Input, Select, Textarea } from '@/components/ui/input';
import { type DraftQuestion, hasBounds, hasOptions } from './draft-question';

type Props = {
  draft: DraftQuestion;
  onChange: (changes: Partial<DraftQuestion>) => void;
  /** By the name of the field. */
  errors: ReadonlyMap<string, string>;
  /** Whether the competition is for teams: then it matters who answers. */
  forTeams: boolean;
};

/** Unique on the page. */
export const editorId = (id: string, field: string) => `question-${id}-${field}`;

/** The fields of one question. */
export function QuestionEditor({ draft, onChange, errors, forTeams }: Props) {
  const t = useTexts('questionBuilder');
  const { id, kind, label, help, required, options, answeredBy } = draft;
  const isConsent = kind === 'CONSENT';
  return (
    <div className="flex flex-col gap-4">
      <Field
        id={editorId(id, 'label')}
        label={t(isConsent ? 'fields.consentLabel' : 'fields.label')}
        error={errors.get('label')}
      >
        {(control) => (
          <Input {...control} dir="auto" value={label} onChange={({ target }) => onChange({ label: target.value })} />
        )}
      </Field>
      <Field id={editorId(id, 'kind')} label={t('fields.kind')} error={errors.get('kind')}>
        {(control) => (
          <Select
            {...control}
            className="w-full sm:max-w-72"
            value={kind}
            onChange={({ target }) => onChange({ kind: target.value as Question['kind'] })}
          >
            {QUESTION_KINDS.map((name) => (
              <option key={name} value={name}>
                {t(`kinds.${name}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {forTeams && (
        <Field id={editorId(id, 'answeredBy')} label={t('fields.answeredBy')}>
          {(control) => (
            <Select
              {...control}
              className="w-full sm:max-w-72"
              value={answeredBy}
              onChange={({ target }) => onChange({ answeredBy: target.value as AnsweredBy })}
            >
              {ANSWERED_BY.map((who) => (
                <option key={who} value={who}>
                  {t(`answeredBy.${who}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      )}
      {hasOptions(draft) && (
        <Field
          id={editorId(id, 'options')}
          label={t('fields.options')}
          help={t('help.options')}
          error={errors.get('options')}
        >
          {(control) => (
            <Textarea
              {...control}
              dir="auto"
              rows={4}
              className="min-h-28"
              value={options}
              onChange={({ target }) => onChange({ options: target.value })}
            />
          )}
        </Field>
      )}
      <Field id={editorId(id, 'help')} label={t('fields.help')} error={errors.get('help')} optional>
        {(control) => (
          <Textarea
            {...control}
            dir="auto"
            rows={2}
            className="min-h-16"
            value={help}
            onChange={({ target }) => onChange({ help: target.value })}
          />
        )}
      </Field>
      {hasBounds(draft) && <Bounds draft={draft} onChange={onChange} errors={errors} />}
      <label
        htmlFor={editorId(id, 'required')}
        className="flex cursor-pointer items-center gap-3 text-sm font-semibold"
      >
        <Checkbox
          id={editorId(id, 'required')}
          checked={required}
          onChange={({ target }) => onChange({ required: target.checked })}
        />
        {t(isConsent ? 'fields.consentRequired' : 'fields.required')}
      </label>
    </div>
  );
}

const BOUND_LABELS = {
  SHORT_TEXT: ['fields.minText', 'fields.maxText'],
  LONG_TEXT: ['fields.minText', 'fields.maxText'],
  NUMBER: ['fields.minNumber', 'fields.maxNumber'],
  CHOICES: ['fields.minChoices', 'fields.maxChoices'],
  DATE: ['fields.minDate', 'fields.maxDate'],
} as const;

function Bounds({ draft, onChange, errors }: Omit<Props, 'forTeams'>) {
  const t = useTexts('questionBuilder');
  const labels = BOUND_LABELS[draft.kind as keyof typeof BOUND_LABELS];
  const isText = draft.kind === 'SHORT_TEXT' || draft.kind === 'LONG_TEXT';
  return (
    <details open={draft.min !== '' || draft.max !== '' || errors.has('min') || errors.has('max')}>
      <summary className="inline-flex min-h-11 items-center text-sm font-semibold">{t('limits')}</summary>
      <div className="mt-2 grid gap-4 sm:grid-cols-2">
        {(['min', 'max'] as const).map((bound, n) => (
          <Field
            key={bound}
            id={editorId(draft.id, bound)}
            label={t(labels[n] as (typeof labels)[number])}
            help={isText ? t('help.characters') : undefined}
            error={errors.get(bound)}
          >
            {(control) => (
              <Input
                {...control}
                {...(draft.kind === 'DATE'
                  ? { type: 'date' }
                  : { inputMode: 'decimal', dir: 'ltr', className: 'rtl:text-end' })}
                value={draft[bound]}
                onChange={({ target }) => onChange({ [bound]: target.value })}
              />
            )}
          </Field>
        ))}
      </div>
    </details>
  );
}
