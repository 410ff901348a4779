'use client';

import { type Competition, CreateCompetition, type UpdateCompetition } from '@mini-compete/shared/competitions';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Button, ButtonLink } from '@/components/ui/button';
import { ClientOnly } from '@/components/ui/client-only';
import { FormSummary } from '@/components/ui/form-summary';
import { Notice } from '@/components/ui/notice';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { updateCompetition } from '@/lib/api/competitions';
import { isApiError } from '@/lib/api/problem';
import { count } from '@/lib/format';
import { schemaResolver } from '@/lib/forms/schema-resolver';
import { useSubmit } from '@/lib/forms/use-submit';
import { competitionPath } from '@/lib/paths';
import { CompetitionFields } from './competition-fields';
import { EditConflict } from './edit-conflict';
import { FormPreview } from './form-preview';
import { FormSkeleton } from './form-skeleton';
import {
  type CompetitionValues,
  changedFields,
  FIELD_LABELS,
  FIELDS,
  fromCompetition,
  NOTIFIED_FIELDS,
  toBody,
} from './form-values';

/** Rendered in the browser only: its dates are in the organizer's time zone, which the server may not know. */
export function EditForm({ competition }: { competition: Competition }) {
  return <ClientOnly fallback={<FormSkeleton />}>{() => <LoadedForm competition={competition} />}</ClientOnly>;
}

function LoadedForm({ competition }: { competition: Competition }) {
  const router = useRouter();
  const toast = useToast();
  const [base, setBase] = useState(competition);
  const [conflict, setConflict] = useState<Competition | null>(null);
  const { register, handleSubmit, setError, formState, watch, reset, getValues } = useForm<CompetitionValues>({
    resolver: schemaResolver(CreateCompetition, toBody),
    defaultValues: fromCompetition(competition),
    mode: 'onTouched',
    // An error that appears on blur would move the button between mouse down and mouse up, and the click would be lost.
    delayError: 400,
  });
  const { busy, failure, run } = useSubmit<CompetitionValues>({ setError, fields: FIELDS });

  const save = (values: CompetitionValues, original: Competition) =>
    run(async () => {
      const changed = changedFields(values, fromCompetition(original));
      if (changed.length === 0) return router.push(competitionPath(original.id));
      const body = toBody(values);
      const changes = Object.fromEntries(changed.map((field) => [field, body[field]])) as UpdateCompetition;
      try {
        await updateCompetition(call, original.id, original.version, changes);
      } catch (error) {
        if (!isApiError(error, 'VERSION_STALE')) throw error;
        setConflict(error.problem.current as Competition);
        return;
      }
      toast('Your changes are saved.');
      router.push(competitionPath(original.id));
      router.refresh();
    });

  const values = watch();
  const changed = changedFields(values, fromCompetition(base));
  const { errors } = formState;
  const fieldErrors = FIELDS.flatMap((id) =>
    errors[id]?.message ? [{ id, label: FIELD_LABELS[id], message: errors[id].message }] : [],
  );

  if (conflict)
    return (
      <EditConflict
        base={fromCompetition(base)}
        mine={getValues()}
        theirs={fromCompetition(conflict)}
        busy={busy}
        resolve={(merged) => {
          reset(merged);
          setBase(conflict);
          setConflict(null);
          void save(merged, conflict);
        }}
      />
    );
  return (
    <form
      method="post"
      onSubmit={handleSubmit((values) => save(values, base))}
      noValidate
      className="grid gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,1fr)_24rem]"
    >
      <div className="flex flex-col gap-6">
        <FormSummary failure={failure?.titleWithDetail} fieldErrors={formState.submitCount > 0 ? fieldErrors : []} />
        <CompetitionFields register={register} errors={errors} />
        <div className="flex flex-col gap-4 border-t border-line pt-6">
          <NotificationHint competition={base} changed={changed} />
          <div className="flex flex-wrap gap-3">
            <Button type="submit" tone="primary" busy={busy} disabled={changed.length === 0}>
              {busy ? 'Saving' : 'Save changes'}
            </Button>
            <ButtonLink href={competitionPath(base.id)} tone="ghost">
              Leave as it was
            </ButtonLink>
          </div>
        </div>
      </div>
      <div className="max-lg:hidden">
        <FormPreview values={values} seated={base.capacity - base.seatsLeft} />
      </div>
    </form>
  );
}

/** Shown before saving: how many people will get a message, and about which fields. */
function NotificationHint({
  competition,
  changed,
}: {
  competition: Competition;
  changed: (keyof CompetitionValues)[];
}) {
  const people = competition.capacity - competition.seatsLeft + competition.waiting;
  const notified = changed
    .filter((field) => NOTIFIED_FIELDS.includes(field))
    .map((field) => FIELD_LABELS[field].toLowerCase());
  if (changed.length === 0) return <p className="text-sm text-muted">Nothing is changed yet.</p>;
  if (notified.length === 0 || people === 0)
    return (
      <p className="text-sm text-muted">
        {count(changed.length, 'field')} changed. Saving sends no message to anybody.
      </p>
    );
  return (
    <Notice tone="warning" title={`Saving tells ${count(people, 'person')}`}>
      Everybody who is in or in line gets a message, because this changes: {notified.join(', ')}.
    </Notice>
  );
}
