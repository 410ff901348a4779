'use client';

import { CalendarDays, CircleAlert } from 'lucide-react';
import { type FocusEvent, type Ref, useRef, useState } from 'react';
import { useFormats, useLanguage, useTexts } from '#texts';
import { parseDate, parseTime, typedDate } from '@/lib/typed-time';
import { Input } from './input';
import { NativeButton } from './native';

type Props = {
  /** Unique on the page. The date has this id, the ids of the other parts are derived from it. */
  id: string;
  label: string;
  /** `2026-12-01T14:00` in the reader's zone, an empty text, or what was typed if it is no date and time. */
  value: string;
  onChange: (value: string) => void;
  /** When the focus leaves both fields. Between them, the missing half is no error yet. */
  onBlur: () => void;
  inputRef: Ref<HTMLInputElement>;
  help?: string | undefined;
  error?: string | undefined;
  optional?: boolean;
};

/** Date and time as text fields: typing is two stops of the Tab key, where native ones take seven. Picking is there too. */
export function DateTimeField({ id, label, value, onChange, onBlur, inputRef, help, error, optional = false }: Props) {
  const t = useTexts('common');
  const language = useLanguage();
  const picker = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(() => split(value));
  const [known, setKnown] = useState(value);
  // The value was changed from outside: reset, or a draft was restored.
  if (value !== known) {
    setKnown(value);
    setTyped(split(value));
  }

  function split(text: string) {
    const [, date, time] = LOCAL.exec(text) ?? [];
    return date && time ? { date: typedDate(date, language), time } : { date: text, time: '' };
  }
  const change = (next: typeof typed) => {
    const [date, time] = [parseDate(next.date, language), parseTime(next.time)];
    const joined = date && time ? `${date}T${time}` : `${next.date} ${next.time}`.trim();
    setTyped(next);
    setKnown(joined);
    onChange(joined);
  };
  const leave = (event: FocusEvent) => {
    if (event.currentTarget.contains(event.relatedTarget)) return;
    const [date, time] = [parseDate(typed.date, language), parseTime(typed.time)];
    setTyped({ date: date ? typedDate(date, language) : typed.date, time: time ?? typed.time });
    onBlur();
  };
  const openPicker = () => {
    const element = picker.current;
    if (!element) return;
    element.value = parseDate(typed.date, language) ?? '';
    element.showPicker();
  };
  const noteId = `${id}-note`;
  const shared = { 'aria-describedby': noteId, ...(error ? { 'aria-invalid': true as const } : {}) };
  return (
    <fieldset onBlur={leave} className="flex min-w-0 flex-col gap-1.5">
      <legend className="float-start w-full text-sm font-semibold">
        {label}
        {optional && <span className="font-normal text-muted"> ({t('optional')})</span>}
      </legend>
      <div className="flex gap-2">
        <div className="relative min-w-0 grow">
          <label htmlFor={id} className="sr-only">
            {t('dateTime.date')}
          </label>
          <Input
            {...shared}
            id={id}
            ref={inputRef}
            dir="ltr"
            autoComplete="off"
            placeholder={t('dateTime.datePlaceholder')}
            aria-keyshortcuts="Alt+ArrowDown"
            value={typed.date}
            onChange={(event) => change({ ...typed, date: event.target.value })}
            onKeyDown={(event) => {
              if (event.altKey && event.key === 'ArrowDown') openPicker();
            }}
            className="tabular pe-12 rtl:text-end"
          />
          <NativeButton
            // Alt and the down arrow open it from the field: a stop of its own would be on the way to each time.
            tabIndex={-1}
            aria-label={t('dateTime.pick', { label })}
            onClick={openPicker}
            className="absolute inset-y-0 end-0 grid w-11 place-items-center rounded-md text-muted hover:text-ink"
          >
            <CalendarDays aria-hidden="true" className="size-5" />
          </NativeButton>
          <input
            ref={picker}
            type="date"
            tabIndex={-1}
            aria-hidden="true"
            className="pointer-events-none absolute inset-0 -z-10 opacity-0"
            onChange={(event) =>
              event.target.value !== '' && change({ ...typed, date: typedDate(event.target.value, language) })
            }
          />
        </div>
        <div className="w-24 shrink-0">
          <label htmlFor={`${id}-time`} className="sr-only">
            {t('dateTime.time')}
          </label>
          <Input
            {...shared}
            id={`${id}-time`}
            dir="ltr"
            autoComplete="off"
            placeholder={t('dateTime.timePlaceholder')}
            value={typed.time}
            onChange={(event) => change({ ...typed, time: event.target.value })}
            className="tabular rtl:text-end"
          />
        </div>
      </div>
      <Note id={noteId} value={value} help={help} error={error} />
    </fieldset>
  );
}

const LOCAL = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})$/;

/** What was understood, in words: a date that was read in another order than meant is noticed here. */
function Note({ id, value, help, error }: { id: string } & Pick<Props, 'value' | 'help' | 'error'>) {
  const t = useTexts('common');
  const { instant, distance } = useFormats();
  const iso = LOCAL.test(value) ? new Date(value).toISOString() : null;
  return (
    <div id={id} aria-live="polite" className="text-sm text-muted">
      {error && (
        <p className="flex items-start gap-1.5 text-error">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <span>{error}</span>
        </p>
      )}
      {iso ? (
        <p suppressHydrationWarning>
          {t('dateTime.echo', { when: instant(iso, 'long'), distance: distance(iso, Date.now()) })}
        </p>
      ) : (
        !error && help && <p>{help}</p>
      )}
    </div>
  );
}
