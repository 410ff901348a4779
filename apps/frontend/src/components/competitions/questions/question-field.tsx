'use client';

import { ANSWER_TEXT_MAX } from '@mini-compete/shared/question-limits';
import type { Question } from '@mini-compete/shared/questions';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '#texts';
import { Field, type FieldControl } from '@/components/ui/field';
import { Checkbox, Input, Select, Textarea } from '@/components/ui/input';
import { NativeInput } from '@/components/ui/native';
import type { FieldValue } from './answer-values';

type Props = {
  question: Question;
  /** The id of the control that gets the focus when the answer is not valid. */
  id: string;
  value: FieldValue | undefined;
  error: string | undefined;
  onChange: (value: FieldValue) => void;
};

/** More options are shorter as a list to open. */
const MAX_RADIOS = 6;
/** Characters. */
const SHORT_OPTION = 12;

/** The field for the answer to a question. What the organizer wrote may have another direction than the page. */
export function QuestionField(props: Props) {
  const { kind, options = [] } = props.question;
  switch (kind) {
    case 'CHOICE':
      return options.length > MAX_RADIOS ? <ChoiceList {...props} /> : <Radios {...props} options={options} />;
    case 'CHOICES':
      return <Checkboxes {...props} />;
    case 'YES_NO':
      return <Radios {...props} options={['true', 'false']} />;
    case 'CONSENT':
      return <Consent {...props} />;
    default:
      return <TextField {...props} />;
  }
}

function TextField({ question, id, value, error, onChange }: Props) {
  const { kind, required, max } = question;
  const text = typeof value === 'string' ? value : '';
  const control = (field: FieldControl) => {
    const common = {
      ...field,
      value: text,
      'aria-required': required || undefined,
      onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
    };
    switch (kind) {
      case 'LONG_TEXT':
        return (
          <Textarea
            {...common}
            dir="auto"
            rows={4}
            className="min-h-28"
            maxLength={limit(max, ANSWER_TEXT_MAX.LONG_TEXT)}
          />
        );
      case 'NUMBER':
        return <Input {...common} inputMode="decimal" autoComplete="off" dir="ltr" className="rtl:text-end" />;
      case 'DATE':
        return <Input {...common} type="date" {...dayBounds(question)} />;
      case 'URL':
        return <Input {...common} type="url" dir="ltr" maxLength={ANSWER_TEXT_MAX.URL} />;
      default:
        return <Input {...common} dir="auto" maxLength={limit(max, ANSWER_TEXT_MAX.SHORT_TEXT)} />;
    }
  };
  return (
    <Field
      id={id}
      label={<Written>{question.label}</Written>}
      help={helpOf(question)}
      error={error}
      optional={!required}
    >
      {control}
    </Field>
  );
}

const limit = (max: Question['max'], otherwise: number) => (typeof max === 'number' ? max : otherwise);
const dayBounds = ({ min, max }: Question) => ({
  ...(typeof min === 'string' && { min }),
  ...(typeof max === 'string' && { max }),
});
const helpOf = ({ help }: Question) => help && <Written lines>{help}</Written>;

function ChoiceList({ question, id, value, error, onChange }: Props) {
  const t = useTexts('questions');
  const { options = [], required } = question;
  return (
    <Field
      id={id}
      label={<Written>{question.label}</Written>}
      help={helpOf(question)}
      error={error}
      optional={!required}
    >
      {(control) => (
        <Select
          {...control}
          className="w-full"
          value={typeof value === 'string' ? value : ''}
          aria-required={required || undefined}
          onChange={({ target }) => onChange(target.value)}
        >
          <option value="">{t(required ? 'choose' : 'none')}</option>
          {options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** The first one gets the focus when the answer is not valid. */
const optionId = (id: string, n: number) => (n === 0 ? id : `${id}-${n}`);

/** A question that may be left out can be left out again after an option was chosen. */
function Radios({ question, id, value, error, onChange, options }: Props & { options: readonly string[] }) {
  const t = useTexts('questions');
  const chosen = typeof value === 'string' ? value : value === undefined || Array.isArray(value) ? '' : String(value);
  const textOf = (option: string) =>
    question.kind === 'YES_NO' ? t(option === 'true' ? 'yes' : 'no') : <Written>{option}</Written>;
  return (
    <Group question={question} id={id} error={error} radios>
      {options.map((option, n) => (
        <Option key={option} id={optionId(id, n)}>
          <NativeInput
            type="radio"
            id={optionId(id, n)}
            name={id}
            className="mt-0.5 size-5 shrink-0"
            checked={chosen === option}
            onChange={() => onChange(option)}
          />
          {textOf(option)}
        </Option>
      ))}
      {!question.required && chosen !== '' && (
        <Option id={`${id}-none`} muted>
          <NativeInput
            type="radio"
            id={`${id}-none`}
            name={id}
            className="mt-0.5 size-5 shrink-0"
            checked={false}
            onChange={() => {
              onChange('');
              // It disappears with the focus in it.
              document.getElementById(id)?.focus();
            }}
          />
          {t('none')}
        </Option>
      )}
    </Group>
  );
}

function Checkboxes({ question, id, value, error, onChange }: Props) {
  const { options = [] } = question;
  const chosen: readonly string[] = Array.isArray(value) ? value : [];
  return (
    <Group question={question} id={id} error={error}>
      {options.map((option, n) => (
        <Option key={option} id={optionId(id, n)}>
          <Checkbox
            id={optionId(id, n)}
            className="mt-0.5"
            checked={chosen.includes(option)}
            onChange={({ target }) =>
              onChange(options.filter((other) => (other === option ? target.checked : chosen.includes(other))))
            }
          />
          <Written>{option}</Written>
        </Option>
      ))}
    </Group>
  );
}

function Consent({ question, id, value, error, onChange }: Props) {
  const t = useTexts('questions');
  const noteId = `${id}-note`;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="flex cursor-pointer items-start gap-3 text-sm font-semibold">
        <Checkbox
          id={id}
          className="mt-0.5"
          checked={value === true}
          aria-required={question.required || undefined}
          aria-invalid={error ? true : undefined}
          aria-describedby={error || question.help ? noteId : undefined}
          onChange={({ target }) => onChange(target.checked)}
        />
        <span className="min-w-0">
          <Written>{question.label}</Written>
          {!question.required && <span className="font-normal text-muted"> ({t('optional')})</span>}
        </span>
      </label>
      <div id={noteId} className="ms-8 flex flex-col gap-1.5 empty:hidden">
        <Help question={question} />
        <Problem error={error} />
      </div>
    </div>
  );
}

function Group({
  question,
  id,
  error,
  radios = false,
  children,
}: Pick<Props, 'question' | 'id' | 'error'> & { radios?: boolean; children: ReactNode }) {
  const t = useTexts('questions');
  const noteId = `${id}-note`;
  return (
    <fieldset
      {...(radios && { role: 'radiogroup', 'aria-required': question.required || undefined })}
      aria-invalid={radios && error ? true : undefined}
      aria-describedby={error || question.help ? noteId : undefined}
      className="flex min-w-0 flex-col gap-1.5"
    >
      <legend className="float-start mb-1.5 w-full text-sm font-semibold">
        <Written>{question.label}</Written>
        {!question.required && <span className="font-normal text-muted"> ({t('optional')})</span>}
      </legend>
      <div id={noteId} className="flex flex-col gap-1.5 empty:hidden">
        <Help question={question} />
        <Problem error={error} />
      </div>
      <div className={isShort(question) ? 'flex flex-wrap gap-x-6' : 'flex flex-col'}>{children}</div>
    </fieldset>
  );
}

/** Side by side they are one line of the form, and not five. */
const isShort = ({ kind, options = [] }: Question) =>
  kind === 'YES_NO' || options.every(({ length }) => length <= SHORT_OPTION);

function Help({ question: { help } }: Pick<Props, 'question'>) {
  if (!help) return null;
  return (
    <p className="text-sm font-normal text-muted">
      <Written lines>{help}</Written>
    </p>
  );
}

function Problem({ error }: Pick<Props, 'error'>) {
  if (!error) return null;
  return (
    <p className="flex items-start gap-1.5 text-sm text-error">
      <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>{error}</span>
    </p>
  );
}

function Option({ id, children, muted = false }: { id: string; children: ReactNode; muted?: boolean }) {
  return (
    <label
      htmlFor={id}
      className={`flex min-h-11 cursor-pointer items-start gap-3 py-2 text-base leading-snug ${muted ? 'text-muted' : ''}`}
    >
      {children}
    </label>
  );
}

/** Text of an organizer, in its own direction. */
function Written({ children, lines = false }: { children: string; lines?: boolean }) {
  return (
    <bdi className={`min-w-0 text-match-parent wrap-break-word ${lines ? 'whitespace-pre-line' : ''}`}>{children}</bdi>
  );
}
