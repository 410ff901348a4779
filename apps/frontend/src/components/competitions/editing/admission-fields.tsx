'use client';

import { type Control, Controller } from 'react-hook-form';
import { useTexts } from '#texts';
import { DateTimeField } from '@/components/ui/date-time-field';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeInput } from '@/components/ui/native';
import type { CompetitionForm } from './competition-form';
import { type CompetitionValues, FIELD_LABELS } from './form-values';

type Props = { form: CompetitionForm; people?: number; applied?: number };

const MODES = ['FIRST_COME', 'APPROVAL'] as const;
const NOTE_ID = 'admission-note';

/** Who gets a seat, and until when it can move on. Locked while anybody would have been admitted by other rules. */
export function AdmissionFields({ form, people = 0, applied = 0 }: Props) {
  const t = useTexts('editing');
  const { register, control, formState, watch } = form;
  const { errors } = formState;
  const isApproval = watch('admissionMode') === 'APPROVAL';
  const hasConfirmation = watch('confirmWithinHours').trim() !== '';
  const active = people + applied;
  const saved = formState.defaultValues?.admissionMode;
  const error = errors.admissionMode?.message;
  return (
    <>
      <fieldset
        className="flex flex-col gap-3"
        {...(active > 0 || error ? { 'aria-describedby': NOTE_ID } : {})}
        {...(error ? { 'aria-invalid': true } : {})}
      >
        <legend className="sr-only">{t('fields.admissionMode')}</legend>
        {MODES.map((mode) => (
          <label
            key={mode}
            className="flex cursor-pointer items-start gap-3 rounded-md border border-line-strong bg-raised px-4 py-3 transition-colors hover:border-ink has-checked:border-accent has-checked:bg-accent-soft has-checked:outline-1 has-checked:outline-accent has-disabled:cursor-not-allowed has-disabled:border-line has-disabled:text-muted has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus"
          >
            <NativeInput
              {...register('admissionMode')}
              {...(mode === MODES[0] ? { id: 'admissionMode' } : {})}
              type="radio"
              value={mode}
              disabled={active > 0 && mode !== saved}
              className="mt-1 size-4 shrink-0"
            />
            <span>
              <span className="block font-semibold">{t(`admission.${mode}`)}</span>
              <span className="mt-0.5 block text-sm text-muted">{t(`admissionText.${mode}`)}</span>
            </span>
          </label>
        ))}
        {(error || active > 0) && (
          <p id={NOTE_ID} className={error ? 'text-sm text-error' : 'text-sm text-muted'}>
            {error ?? t('admissionLocked', { count: active })}
          </p>
        )}
      </fieldset>
      {isApproval && (
        <DateField
          control={control}
          name="decisionsBy"
          help={t('help.decisionsBy')}
          error={errors.decisionsBy?.message}
        />
      )}
      <Field
        id="confirmWithinHours"
        optional
        label={t('fields.confirmWithinHours')}
        help={t(isApproval ? 'help.confirmAccepted' : 'help.confirmPromoted')}
        error={errors.confirmWithinHours?.message}
      >
        {(field) => (
          <Input
            {...field}
            {...register('confirmWithinHours')}
            inputMode="numeric"
            autoComplete="off"
            dir="ltr"
            className="tabular max-w-40 rtl:text-end"
          />
        )}
      </Field>
      <DateField
        control={control}
        name="promoteUntil"
        help={t(isApproval || hasConfirmation ? 'help.promoteUntilStart' : 'help.promoteUntilDeadline')}
        error={errors.promoteUntil?.message}
      />
    </>
  );
}

type DateProps = {
  control: Control<CompetitionValues>;
  name: 'decisionsBy' | 'promoteUntil';
  help: string;
  error: string | undefined;
};

function DateField({ control, name, help, error }: DateProps) {
  const t = useTexts('editing');
  return (
    <Controller
      name={name}
      control={control}
      render={({ field }) => (
        <DateTimeField
          id={name}
          label={t(FIELD_LABELS[name])}
          help={help}
          optional
          value={field.value}
          onChange={field.onChange}
          onBlur={field.onBlur}
          inputRef={field.ref}
          error={error}
        />
      )}
    />
  );
}
