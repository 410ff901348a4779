'use client';

import { ForgotPassword } from '@mini-compete/shared/auth';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { forgotPassword } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';
import { schemaResolver } from '@/lib/forms/schema-resolver';
import { useSubmit } from '@/lib/forms/use-submit';

type Values = { email: string };

export function ForgotForm() {
  const [sentTo, setSentTo] = useState<string | null>(null);
  const { register, handleSubmit, setError, formState } = useForm<Values>({
    resolver: schemaResolver(ForgotPassword),
    defaultValues: { email: '' },
  });
  const { busy, failure, run } = useSubmit<Values>({ setError, fields: ['email'] });
  const submit = handleSubmit((values) =>
    run(async () => {
      const body = ForgotPassword.parse(values);
      await forgotPassword(call, body);
      setSentTo(body.email);
    }),
  );
  if (sentTo !== null)
    return (
      <Notice tone="accent" live="polite" title="Look into your inbox">
        <p>If {sentTo} has an account, a link is on its way there. It works once, for one hour.</p>
        <p className="mt-2">
          Nothing after some minutes? Look among the unwanted mail, or ask whoever runs this site for a link.
        </p>
      </Notice>
    );
  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col gap-5">
      <FormSummary failure={failure?.title} />
      <Field id="email" label="E-mail" error={formState.errors.email?.message}>
        {(control) => <Input {...control} {...register('email')} type="email" autoComplete="email" />}
      </Field>
      <Button type="submit" tone="primary" busy={busy}>
        Send the link
      </Button>
    </form>
  );
}
