'use client';

import { PASSWORD_MIN, Password } from '@mini-compete/shared/auth';
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { useTexts } from '#texts';
import { Button, ButtonLink } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { Notice } from '@/components/ui/notice';
import { resetPassword } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';
import { useSchemaResolver } from '@/lib/forms/schema-resolver';
import { useSubmit } from '@/lib/forms/use-submit';
import { PasswordInput } from './password-input';

const Form = z.object({ password: Password });
type Values = z.infer<typeof Form>;

export function ResetForm() {
  const t = useTexts('accounts');
  const token = useRef('');
  const [state, setState] = useState<'ready' | 'no-token' | 'done'>('ready');
  const { register, handleSubmit, setError, formState } = useForm<Values>({
    resolver: useSchemaResolver(Form),
    defaultValues: { password: '' },
  });
  const { busy, failure, run } = useSubmit<Values>({ setError, fields: ['password'] });
  useEffect(() => {
    // The token is in the fragment, which browsers do not send, so no server logs it. Removed from the history as well.
    const { hash, search, pathname } = window.location;
    token.current ||= new URLSearchParams(hash.slice(1) || search).get('token') ?? '';
    window.history.replaceState(null, '', pathname);
    if (!token.current) setState('no-token');
  }, []);
  const submit = handleSubmit((values) =>
    run(async () => {
      await resetPassword(call, { token: token.current, password: values.password });
      setState('done');
    }),
  );
  if (state === 'done')
    return (
      <div className="flex flex-col items-start gap-5">
        <Notice tone="success" live="polite" title={t('reset.doneTitle')}>
          {t('reset.doneText')}
        </Notice>
        <ButtonLink tone="primary" href="/sign-in">
          {t('signIn.title')}
        </ButtonLink>
      </div>
    );
  if (state === 'no-token' || failure?.code === 'RESET_TOKEN_INVALID')
    return (
      <Notice tone="error" live="assertive" title={failure?.title ?? t('reset.incomplete')}>
        <Link href="/forgot-password" className="link">
          {t('reset.newLink')}
        </Link>
      </Notice>
    );
  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col gap-5">
      <FormSummary failure={failure?.title} />
      <Field
        id="password"
        label={t('field.newPassword')}
        help={t('field.passwordHelp', { count: PASSWORD_MIN })}
        error={formState.errors.password?.message}
      >
        {(control) => <PasswordInput {...control} {...register('password')} autoComplete="new-password" />}
      </Field>
      <Button type="submit" tone="primary" busy={busy}>
        {t('reset.submit')}
      </Button>
    </form>
  );
}
