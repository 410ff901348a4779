'use client';

import { type Competition, CreateCompetition, type UpdateCompetition } from '@mini-compete/shared/competitions';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Button, ButtonLink } from '@/components/ui/button';
import { FormSummary } from '@/components/ui/form-summary';
import { Notice } from '@/components/ui/notice';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { updateCompetition } from '@/lib/api/competitions';
import { isApiError } from '@/lib/api/problem';
import { count } from '@/lib/format';
import { schemaResolver } from '@/lib/forms/schema-resolver';
import { useAct } from '@/lib/forms/use-submit';
import { competitionPath } from '@/lib/paths';
import { CompetitionFields } from './competition-fields';
import { EditConflict } from './edit-conflict';
import { FormPreview } from './form-preview';
import {
  type CompetitionValues,
  differing,
  FIELD_LABELS,
  FIELDS,
  fromCompetition,
  TOLD_ABOUT,
  toBody,
} from './form-values';

/** Only mounted in the browser: its dates stand in the organizer's zone, which the server cannot be sure of. */
export function EditForm({ competition }: { competition: Competition }) {
  const router = useRouter();
  const toast = useToast();
  const [base, setBase] = useState(competition);
  const [conflict, setConflict] = useState<Competition | null>(null);
  const { register, handleSubmit, setError, formState, watch, reset, getValues } = useForm<CompetitionValues>({
    resolver: schemaResolver(CreateCompetition, toBody),
    defaultValues: fromCompetition(competition),
    mode: 'onTouched',
    // An error that appears on leaving a field would push the button away between press and release.
    delayError: 400,
  });
  const { busy, failure, run } = useAct<CompetitionValues>({ setError, fields: FIELDS });

  const save = (values: CompetitionValues, on: Competition) =>
    run(async () => {
      const changed = differing(values, fromCompetition(on));
      if (changed.length === 0) return router.push(competitionPath(on.id));
      const body = toBody(values);
      const changes = Object.fromEntries(changed.map((field) => [field, body[field]])) as UpdateCompetition;
      try {
        await updateCompetition(call, on.id, on.version, changes);
      } catch (error) {
        if (!isApiError(error, 'VERSION_STALE')) throw error;
        setConflict(error.problem.current as Competition);
        return;
      }
      toast('Your changes are saved.');
      router.push(competitionPath(on.id));
      router.refresh();
    });

  const values = watch();
  const changed = differing(values, fromCompetition(base));
  const { errors } = formState;
  const lines = FIELDS.flatMap((id) =>
    errors[id]?.message ? [{ id, label: FIELD_LABELS[id], message: errors[id].message }] : [],
  );

  if (conflict)
    return (
      <EditConflict
        base={fromCompetition(base)}
        mine={getValues()}
        theirs={fromCompetition(conflict)}
        busy={busy}
        decide={(merged) => {
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
        <FormSummary failure={failure?.sentence} lines={formState.submitCount > 0 ? lines : []} />
        <CompetitionFields register={register} errors={errors} />
        <div className="flex flex-col gap-4 border-t border-line pt-6">
          <Effect competition={base} changed={changed} />
          <div className="flex flex-wrap gap-3">
            <Button type="submit" tone="primary" busy={busy} disabled={changed.length === 0}>
              {busy ? 'Saving' : 'Save changes'}
            </Button>
            <ButtonLink href={competitionPath(base.id)} tone="quiet">
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

/** Whom saving will tell, and about what, before it is done. */
function Effect({ competition, changed }: { competition: Competition; changed: (keyof CompetitionValues)[] }) {
  const people = competition.capacity - competition.seatsLeft + competition.waiting;
  const told = changed.filter((field) => TOLD_ABOUT.includes(field)).map((field) => FIELD_LABELS[field].toLowerCase());
  if (changed.length === 0) return <p className="text-sm text-muted">Nothing is changed yet.</p>;
  if (told.length === 0 || people === 0)
    return (
      <p className="text-sm text-muted">
        {count(changed.length, 'field')} changed. Saving sends no message to anybody.
      </p>
    );
  return (
    <Notice tone="waiting" title={`Saving tells ${count(people, 'person')}`}>
      Everybody who is in or in line gets a message, because this changes: {told.join(', ')}.
    </Notice>
  );
}
