'use client';

import { ForgotPassword } from '@mini-compete/shared/auth';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { forgotPassword } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';
import { useSchemaResolver } from '@/lib/forms/schema-resolver';
import { useSubmit } from '@/lib/forms/use-submit';

type Values = { email: string };

export function ForgotForm() {
  const t = useTexts('accounts');
  const [sentTo, setSentTo] = useState<string | null>(null);
  const { register, handleSubmit, setError, formState } = useForm<Values>({
    resolver: useSchemaResolver(ForgotPassword),
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
      <Notice tone="accent" live="polite" title={t('forgot.sentTitle')}>
        <p>{t('forgot.sentText', { email: sentTo })}</p>
        <p className="mt-2">{t('forgot.sentHint')}</p>
      </Notice>
    );
  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col gap-5">
      <FormSummary failure={failure?.title} />
      <Field id="email" label={t('field.email')} error={formState.errors.email?.message}>
        {(control) => <Input {...control} {...register('email')} type="email" autoComplete="email" />}
      </Field>
      <Button type="submit" tone="primary" busy={busy}>
        {t('forgot.submit')}
      </Button>
    </form>
  );
}
