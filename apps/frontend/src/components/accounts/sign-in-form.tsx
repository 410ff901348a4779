'use client';

import { Login } from '@mini-compete/shared/auth';
import { useForm } from 'react-hook-form';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { Input } from '@/components/ui/input';
import { signIn } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';
import { useSchemaResolver } from '@/lib/forms/schema-resolver';
import { useSubmit } from '@/lib/forms/use-submit';
import { PasswordInput } from './password-input';

type Values = { email: string; password: string };

export function SignInForm({ next }: { next: string }) {
  const t = useTexts('accounts');
  const { register, handleSubmit, setError, formState } = useForm<Values>({
    resolver: useSchemaResolver(Login),
    defaultValues: { email: '', password: '' },
  });
  const { errors } = formState;
  const { busy, failure, run } = useSubmit<Values>({ setError, fields: ['email', 'password'], redirectOn401: false });
  const submit = handleSubmit(async (values) => {
    const response = await run(() => signIn(call, Login.parse(values)));
    // A full page load: client-side navigation would reuse pages that were rendered for the signed-out user.
    if (response) window.location.assign(next);
  });
  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col gap-5">
      <FormSummary failure={failure?.title} />
      <Field id="email" label={t('field.email')} error={errors.email?.message}>
        {(control) => <Input {...control} {...register('email')} type="email" autoComplete="email" />}
      </Field>
      <Field id="password" label={t('field.password')} error={errors.password?.message}>
        {(control) => <PasswordInput {...control} {...register('password')} autoComplete="current-password" />}
      </Field>
      <Button type="submit" tone="primary" busy={busy}>
        {t(busy ? 'signIn.submitting' : 'signIn.submit')}
      </Button>
    </form>
  );
}
