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
import { useAct } from '@/lib/forms/use-submit';
import { competitionPath } from '@/lib/paths';
import { newKey } from '@/lib/registration-attempt';
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
    // An error that appears on leaving a field would push the button away between press and release.
    delayError: 400,
  });
  const { register, handleSubmit, setError, setValue, formState, watch } = form;
  const { busy, failure, run } = useAct<CompetitionValues>({ setError, fields: FIELDS });
  // One form, one competition: pressing again after a lost answer must not create a second one.
  const key = useRef<{ body: string; key: string } | null>(null);
  useEffect(() => {
    // In the browser, where the organizer's clock is.
    setValue('regDeadline', newCompetition(new Date()).regDeadline);
  }, [setValue]);

  const submit = handleSubmit((values) =>
    run(async () => {
      const body = toBody(values);
      const text = JSON.stringify(body);
      if (key.current?.body !== text) key.current = { body: text, key: newKey() };
      const competition = await createCompetition(call, body, key.current.key);
      toast('Your competition is there. This is its page.');
      router.push(competitionPath(competition.id));
    }),
  );
  const { errors } = formState;
  const lines = FIELDS.flatMap((id) =>
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
        <FormSummary failure={failure?.sentence} lines={formState.submitCount > 0 ? lines : []} />
        <CompetitionFields register={register} errors={errors} />
        <div className="flex flex-wrap gap-3 border-t border-line pt-6">
          <Button type="submit" tone="primary" busy={busy}>
            {busy ? 'Creating' : 'Create competition'}
          </Button>
          <ButtonLink href="/organize" tone="quiet">
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
