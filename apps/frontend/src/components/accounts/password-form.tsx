'use client';

import { PASSWORD_MIN, Password } from '@mini-compete/shared/auth';
import { useRouter } from 'next/navigation';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { useToast } from '@/components/ui/toast';
import { updateMe } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';
import { useSchemaResolver } from '@/lib/forms/schema-resolver';
import { useSubmit } from '@/lib/forms/use-submit';
import { PasswordInput } from './password-input';

const Form = z.object({ currentPassword: z.string().min(1).max(200), password: Password });
type Values = z.infer<typeof Form>;

export function PasswordForm({ email }: { email: string }) {
  const t = useTexts('accounts');
  const router = useRouter();
  const toast = useToast();
  const { register, handleSubmit, setError, formState, reset } = useForm<Values>({
    resolver: useSchemaResolver(Form),
    defaultValues: { currentPassword: '', password: '' },
  });
  const { errors } = formState;
  const { busy, failure, run } = useSubmit<Values>({ setError, fields: ['currentPassword', 'password'] });
  const submit = handleSubmit((values) =>
    run(async () => {
      await updateMe(call, values);
      reset();
      toast(t('profile.passwordChanged'));
      router.refresh();
    }),
  );
  const wrong = failure?.code === 'WRONG_PASSWORD' ? failure.title : undefined;
  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col items-start gap-4">
      <FormSummary failure={wrong ? null : failure?.title} />
      {/* For password managers: which account this password belongs to. */}
      <input type="email" name="username" value={email} readOnly hidden autoComplete="username" />
      <Field
        id="currentPassword"
        label={t('field.currentPassword')}
        error={errors.currentPassword?.message ?? wrong}
        className="w-full"
      >
        {(control) => <PasswordInput {...control} {...register('currentPassword')} autoComplete="current-password" />}
      </Field>
      <Field
        id="newPassword"
        label={t('field.newPassword')}
        help={t('field.passwordHelp', { count: PASSWORD_MIN })}
        error={errors.password?.message}
        className="w-full"
      >
        {(control) => <PasswordInput {...control} {...register('password')} autoComplete="new-password" />}
      </Field>
      <Button type="submit" busy={busy}>
        {t('profile.changePassword')}
      </Button>
    </form>
  );
}
