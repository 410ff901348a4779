'use client';

import type { FieldErrors, UseFormRegister } from 'react-hook-form';
import { Field } from '@/components/ui/field';
import { Checkbox, Input, Textarea } from '@/components/ui/input';
import { zoneName } from '@/lib/format';
import { useTimeZone } from '@/lib/time-zone';
import type { CompetitionValues } from './form-values';

type Props = { register: UseFormRegister<CompetitionValues>; errors: FieldErrors<CompetitionValues> };

export function CompetitionFields({ register, errors }: Props) {
  const zone = useTimeZone();
  const group = 'flex flex-col gap-5 border-t border-line pt-6';
  return (
    <>
      <Field id="title" label="Title" error={errors.title?.message}>
        {(control) => <Input {...control} {...register('title')} maxLength={200} />}
      </Field>
      <Field
        id="description"
        label="Description"
        optional
        help="Markdown: **bold**, ## heading, - list, [link](https://…)."
        error={errors.description?.message}
      >
        {(control) => <Textarea {...control} {...register('description')} rows={8} />}
      </Field>
      <Field
        id="tags"
        label="Tags"
        optional
        help="Words that people search for, separated by commas."
        error={errors.tags?.message}
      >
        {(control) => <Input {...control} {...register('tags')} placeholder="chess, beginners" />}
      </Field>

      <fieldset className={group}>
        <legend className="float-start w-full text-lg font-heading font-semibold">Seats</legend>
        <Field
          id="capacity"
          label="Seats"
          help="You may raise this at any time, and lower it down to the number of people who are in."
          error={errors.capacity?.message}
        >
          {(control) => (
            <Input {...control} {...register('capacity')} inputMode="numeric" className="max-w-40 tabular" />
          )}
        </Field>
        <label htmlFor="waitlist" className="flex items-start gap-3">
          <Checkbox id="waitlist" {...register('waitlist')} className="mt-0.5" />
          <span>
            <span className="block font-semibold">Waiting list</span>
            <span className="block text-sm text-muted">
              When all seats are taken, people may stand in line. A seat that becomes free goes to the first of them.
            </span>
          </span>
        </label>
      </fieldset>

      <fieldset className={group} aria-describedby="zone-note">
        <legend className="float-start w-full text-lg font-heading font-semibold">Times</legend>
        <p id="zone-note" className="-mt-3 text-sm text-muted" suppressHydrationWarning>
          In your zone, {zoneText(zone)}. Everybody else sees them in theirs.
        </p>
        <div className="grid gap-5 sm:grid-cols-2">
          <Field
            id="regOpensAt"
            label="Registration opens"
            optional
            help="Left empty: at once."
            error={errors.regOpensAt?.message}
          >
            {(control) => <Input {...control} {...register('regOpensAt')} type="datetime-local" />}
          </Field>
          <Field id="regDeadline" label="Registration closes" error={errors.regDeadline?.message}>
            {(control) => <Input {...control} {...register('regDeadline')} type="datetime-local" />}
          </Field>
          <Field
            id="startDate"
            label="Competition starts"
            optional
            help="Everybody who is in is reminded a day before."
            error={errors.startDate?.message}
          >
            {(control) => <Input {...control} {...register('startDate')} type="datetime-local" />}
          </Field>
          <Field id="endDate" label="Competition ends" optional error={errors.endDate?.message}>
            {(control) => <Input {...control} {...register('endDate')} type="datetime-local" />}
          </Field>
        </div>
        <Field
          id="location"
          label="Place"
          optional
          help="An address, a room, or where to meet online."
          error={errors.location?.message}
        >
          {(control) => <Input {...control} {...register('location')} maxLength={250} />}
        </Field>
      </fieldset>
    </>
  );
}

function zoneText(zone: string): string {
  const place = zone.replaceAll('_', ' ');
  const short = zoneName(new Date().toISOString(), zone);
  return place === short ? place : `${place} (${short})`;
}
