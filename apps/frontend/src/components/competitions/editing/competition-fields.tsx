'use client';

import { Controller } from 'react-hook-form';
import { useFormats, useTexts } from '#texts';
import { DateTimeField } from '@/components/ui/date-time-field';
import { Field } from '@/components/ui/field';
import { Checkbox, Input } from '@/components/ui/input';
import { AdmissionFields } from './admission-fields';
import type { CompetitionForm } from './competition-form';
import { DescriptionField } from './description-field';
import { FIELD_LABELS, type Section } from './form-values';
import { TeamsFields } from './teams-fields';
import { VisibilityFields } from './visibility-fields';

type Props = {
  form: CompetitionForm;
  /** Registered or on the waitlist. */
  people?: number;
  /** Applications that are not decided. */
  applied?: number;
  /** When teams become fixed, if nothing is entered: once the competition is saved. */
  promotesUntil?: string | undefined;
};

/** What is typed has the direction of its own language, not of the page. */
const TYPED = '[unicode-bidi:plaintext]';

/** The fields of each section of the settings. */
export const SECTION_FIELDS: Readonly<Record<Section, (props: Props) => React.ReactNode>> = {
  basics: BasicsFields,
  teams: TeamsFields,
  seats: SeatsFields,
  dates: DatesFields,
  admission: AdmissionFields,
  about: AboutFields,
  visibility: VisibilityFields,
};

function BasicsFields({ form: { register, formState } }: Props) {
  const t = useTexts('editing');
  const { errors } = formState;
  return (
    <>
      <Field id="title" label={t('fields.title')} error={errors.title?.message}>
        {(control) => (
          <Input {...control} {...register('title')} className={TYPED} maxLength={200} autoComplete="off" />
        )}
      </Field>
      <Field id="tags" label={t('fields.tags')} optional help={t('help.tags')} error={errors.tags?.message}>
        {(control) => (
          <Input
            {...control}
            {...register('tags')}
            className={TYPED}
            autoComplete="off"
            placeholder={t('help.tagsExample')}
          />
        )}
      </Field>
    </>
  );
}

function SeatsFields({ form: { register, formState } }: Props) {
  const t = useTexts('editing');
  return (
    <>
      <Field
        id="capacity"
        label={t('fields.capacity')}
        help={t('help.capacity')}
        error={formState.errors.capacity?.message}
      >
        {(control) => (
          <Input
            {...control}
            {...register('capacity')}
            inputMode="numeric"
            autoComplete="off"
            dir="ltr"
            className="max-w-40 tabular rtl:text-end"
          />
        )}
      </Field>
      <label htmlFor="waitlist" className="flex items-start gap-3">
        <Checkbox id="waitlist" {...register('waitlist')} className="mt-0.5" />
        <span>
          <span className="block font-semibold">{t('fields.waitlist')}</span>
          <span className="block text-sm text-muted">{t('help.waitlist')}</span>
        </span>
      </label>
    </>
  );
}

const DATE_FIELDS = [
  { name: 'regOpensAt', help: 'help.regOpensAt', optional: true },
  { name: 'regDeadline', help: 'help.dates', optional: false },
  { name: 'startDate', help: 'help.startDate', optional: true },
  { name: 'endDate', help: 'help.dates', optional: true },
] as const;

function DatesFields({ form: { control, formState } }: Props) {
  const t = useTexts('editing');
  const { zone } = useFormats();
  return (
    <>
      <p className="-mt-2 text-sm text-muted" suppressHydrationWarning>
        {t('help.zone', { zone: zone.replaceAll('_', ' ') })}
      </p>
      <div className="grid gap-x-6 gap-y-5 sm:grid-cols-2">
        {DATE_FIELDS.map(({ name, help, optional }) => (
          <Controller
            key={name}
            name={name}
            control={control}
            render={({ field }) => (
              <DateTimeField
                id={name}
                label={t(FIELD_LABELS[name])}
                help={t(help)}
                optional={optional}
                value={field.value}
                onChange={field.onChange}
                onBlur={field.onBlur}
                inputRef={field.ref}
                error={formState.errors[name]?.message}
              />
            )}
          />
        ))}
      </div>
    </>
  );
}

function AboutFields({ form }: Props) {
  const t = useTexts('editing');
  const { register, formState } = form;
  return (
    <>
      <Field
        id="location"
        label={t('fields.location')}
        optional
        help={t('help.location')}
        error={formState.errors.location?.message}
      >
        {(control) => <Input {...control} {...register('location')} className={TYPED} maxLength={250} />}
      </Field>
      <DescriptionField form={form} />
    </>
  );
}
