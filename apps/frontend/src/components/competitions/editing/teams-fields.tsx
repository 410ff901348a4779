'use client';

import { SEAT_UNITS, TEAM_SIZE_MAX } from '@mini-compete/shared/team-rules';
import type { ReactNode } from 'react';
import { Controller } from 'react-hook-form';
import { useFormats, useTexts } from '#texts';
import { DateTimeField } from '@/components/ui/date-time-field';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { NativeInput } from '@/components/ui/native';
import type { CompetitionForm } from './competition-form';
import { FIELD_LABELS } from './form-values';

type Props = { form: CompetitionForm; people?: number; applied?: number; promotesUntil?: string | undefined };

const PARTICIPANTS = ['PERSONS', 'TEAMS'] as const;
const SIZES = ['teamMin', 'teamMax'] as const;
const NOTE_ID = 'participants-note';
/** A team that most competitions could have. */
const DEFAULT_SIZES = { teamMin: '2', teamMax: '5' } as const;

/** Persons or teams. Fixed once people have registered by these rules; only the time when teams become fixed still moves. */
export function TeamsFields({ form, people = 0, applied = 0, promotesUntil }: Props) {
  const t = useTexts('editing');
  const { instant } = useFormats();
  const { register, control, formState, watch, setValue, getValues } = form;
  const { errors } = formState;
  const forTeams = watch('participants') === 'TEAMS';
  const isFrozen = people + applied > 0;
  const error = errors.participants?.message;
  const suggestSizes = () => {
    for (const size of SIZES) if (getValues(size).trim() === '') setValue(size, DEFAULT_SIZES[size]);
  };
  return (
    <>
      <fieldset
        className="flex flex-col gap-3"
        {...(isFrozen || error ? { 'aria-describedby': NOTE_ID } : {})}
        {...(error ? { 'aria-invalid': true } : {})}
      >
        <legend className="sr-only">{t('fields.participants')}</legend>
        {PARTICIPANTS.map((participants) => (
          <Choice
            key={participants}
            title={t(`participants.${participants}`)}
            text={t(`participantsText.${participants}`)}
          >
            <NativeInput
              {...register('participants', { onChange: suggestSizes })}
              {...(participants === PARTICIPANTS[0] ? { id: 'participants' } : {})}
              type="radio"
              value={participants}
              disabled={isFrozen && participants !== formState.defaultValues?.participants}
              className="mt-1 size-4 shrink-0"
            />
          </Choice>
        ))}
        {(error || isFrozen) && (
          <p id={NOTE_ID} className={error ? 'text-sm text-error' : 'text-sm text-muted'}>
            {error ?? t('participantsLocked')}
            {!error && forTeams && ` ${t('teamsNotFixed')}`}
          </p>
        )}
      </fieldset>
      {forTeams && (
        <>
          <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
            {SIZES.map((size) => (
              <Field
                key={size}
                id={size}
                label={t(FIELD_LABELS[size])}
                help={size === 'teamMax' && t('help.teamMax', { max: TEAM_SIZE_MAX })}
                error={errors[size]?.message}
              >
                {(field) => (
                  <Input
                    {...field}
                    {...register(size)}
                    readOnly={isFrozen}
                    inputMode="numeric"
                    autoComplete="off"
                    dir="ltr"
                    className="tabular max-w-40 read-only:bg-sunken rtl:text-end"
                  />
                )}
              </Field>
            ))}
          </div>
          <fieldset className="flex flex-col gap-3">
            <legend className="mb-1.5 text-sm font-semibold">{t('fields.seatUnit')}</legend>
            {SEAT_UNITS.map((unit) => (
              <Choice key={unit} title={t(`seatUnit.${unit}`)} text={t(`seatUnitText.${unit}`)}>
                <NativeInput
                  {...register('seatUnit')}
                  {...(unit === SEAT_UNITS[0] ? { id: 'seatUnit' } : {})}
                  type="radio"
                  value={unit}
                  disabled={isFrozen && unit !== formState.defaultValues?.seatUnit}
                  className="mt-1 size-4 shrink-0"
                />
              </Choice>
            ))}
          </fieldset>
          <Controller
            name="teamsLockAt"
            control={control}
            render={({ field }) => (
              <DateTimeField
                id="teamsLockAt"
                label={t('fields.teamsLockAt')}
                help={
                  promotesUntil
                    ? t('help.teamsLockAt', { when: instant(promotesUntil, 'full') })
                    : t('help.teamsLockDefault')
                }
                optional
                value={field.value}
                onChange={field.onChange}
                onBlur={field.onBlur}
                inputRef={field.ref}
                error={errors.teamsLockAt?.message}
              />
            )}
          />
        </>
      )}
    </>
  );
}

function Choice({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children
    <label className="flex cursor-pointer items-start gap-3 rounded-md border border-line-strong bg-raised px-4 py-3 transition-colors hover:border-ink has-checked:border-accent has-checked:bg-accent-soft has-checked:outline-1 has-checked:outline-accent has-disabled:cursor-not-allowed has-disabled:border-line has-disabled:text-muted has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus">
      {children}
      <span>
        <span className="block font-semibold">{title}</span>
        <span className="mt-0.5 block text-sm text-muted">{text}</span>
      </span>
    </label>
  );
}
