'use client';

import { PersonName } from '@mini-compete/shared/auth';
import { useRouter } from 'next/navigation';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { Input } from '@/components/ui/input';
import { useToast } from '@/components/ui/toast';
import { updateMe } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';
import { useSchemaResolver } from '@/lib/forms/schema-resolver';
import { useSubmit } from '@/lib/forms/use-submit';

const Form = z.object({ name: PersonName });
type Values = z.infer<typeof Form>;

export function NameForm({ name }: { name: string }) {
  const t = useTexts('accounts');
  const router = useRouter();
  const toast = useToast();
  const { register, handleSubmit, setError, formState, reset } = useForm<Values>({
    resolver: useSchemaResolver(Form),
    defaultValues: { name },
  });
  const { busy, failure, run } = useSubmit<Values>({ setError, fields: ['name'] });
  const submit = handleSubmit((values) =>
    run(async () => {
      const me = await updateMe(call, Form.parse(values));
      reset({ name: me.name });
      toast(t('profile.nameSaved'));
      router.refresh();
    }),
  );
  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col items-start gap-4">
      <FormSummary failure={failure?.title} />
      <Field id="name" label={t('field.name')} error={formState.errors.name?.message} className="w-full">
        {(control) => <Input {...control} {...register('name')} autoComplete="name" />}
      </Field>
      <Button type="submit" busy={busy} disabled={!formState.isDirty}>
        {t('profile.saveName')}
      </Button>
    </form>
  );
}
