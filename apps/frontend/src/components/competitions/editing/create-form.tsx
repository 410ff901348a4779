'use client';

import { CreateCompetition } from '@mini-compete/shared/competitions';
import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useForm } from 'react-hook-form';
import { Button, ButtonLink } from '@/components/ui/button';
import { FormSummary } from '@/components/ui/form-summary';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { createCompetition } from '@/lib/api/competitions';
import { schemaResolver } from '@/lib/forms/schema-resolver';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { competitionPath } from '@/lib/paths';
import { CompetitionFields } from './competition-fields';
import { FormPreview } from './form-preview';
import { type CompetitionValues, FIELD_LABELS, FIELDS, newCompetition, toBody } from './form-values';

export function CreateForm() {
  const router = useRouter();
  const toast = useToast();
  const form = useForm<CompetitionValues>({
    resolver: schemaResolver(CreateCompetition, toBody),
    defaultValues: { ...newCompetition(new Date(0)), regDeadline: '' },
    mode: 'onTouched',
    // An error that appears on blur would move the button between mouse down and mouse up, and the click would be lost.
    delayError: 400,
  });
  const { register, handleSubmit, setError, setValue, formState, watch } = form;
  const { busy, failure, run } = useSubmit<CompetitionValues>({ setError, fields: FIELDS });
  // The same key for the same body: a retry after a lost response must not create a second competition.
  const key = useRef<{ body: string; key: string } | null>(null);
  useEffect(() => {
    // Only the browser knows the organizer's time zone.
    setValue('regDeadline', newCompetition(new Date()).regDeadline);
  }, [setValue]);

  const submit = handleSubmit((values) =>
    run(async () => {
      const body = toBody(values);
      const json = JSON.stringify(body);
      if (key.current?.body !== json) key.current = { body: json, key: newIdempotencyKey() };
      const competition = await createCompetition(call, body, key.current.key);
      toast('Your competition is there. This is its page.');
      router.push(competitionPath(competition.id));
    }),
  );
  const { errors } = formState;
  const fieldErrors = FIELDS.flatMap((id) =>
    errors[id]?.message ? [{ id, label: FIELD_LABELS[id], message: errors[id].message }] : [],
  );
  return (
    <form
      method="post"
      onSubmit={submit}
      noValidate
      className="grid gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,1fr)_24rem]"
    >
      <div className="flex flex-col gap-6">
        <FormSummary failure={failure?.titleWithDetail} fieldErrors={formState.submitCount > 0 ? fieldErrors : []} />
        <CompetitionFields register={register} errors={errors} />
        <div className="flex flex-wrap gap-3 border-t border-line pt-6">
          <Button type="submit" tone="primary" busy={busy}>
            {busy ? 'Creating' : 'Create competition'}
          </Button>
          <ButtonLink href="/organize" tone="ghost">
            Not now
          </ButtonLink>
        </div>
      </div>
      <div className="max-lg:hidden">
        <FormPreview values={watch()} />
      </div>
    </form>
  );
}
