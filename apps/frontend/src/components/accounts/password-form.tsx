'use client';

import { PASSWORD_MIN, Password } from '@mini-compete/shared/auth';
import { useRouter } from 'next/navigation';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { useToast } from '@/components/ui/toast';
import { updateMe } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';
import { schemaResolver } from '@/lib/forms/schema-resolver';
import { useSubmit } from '@/lib/forms/use-submit';
import { PasswordInput } from './password-input';

const Form = z.object({ currentPassword: z.string().min(1).max(200), password: Password });
type Values = z.infer<typeof Form>;

export function PasswordForm({ email }: { email: string }) {
  const router = useRouter();
  const toast = useToast();
  const { register, handleSubmit, setError, formState, reset } = useForm<Values>({
    resolver: schemaResolver(Form),
    defaultValues: { currentPassword: '', password: '' },
  });
  const { errors } = formState;
  const { busy, failure, run } = useSubmit<Values>({ setError, fields: ['currentPassword', 'password'] });
  const submit = handleSubmit((values) =>
    run(async () => {
      await updateMe(call, values);
      reset();
      toast('The new password is set. Your other sessions have ended.');
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
        label="Present password"
        error={errors.currentPassword?.message ?? wrong}
        className="w-full"
      >
        {(control) => <PasswordInput {...control} {...register('currentPassword')} autoComplete="current-password" />}
      </Field>
      <Field
        id="newPassword"
        label="New password"
        help={`At least ${PASSWORD_MIN} characters.`}
        error={errors.password?.message}
        className="w-full"
      >
        {(control) => <PasswordInput {...control} {...register('password')} autoComplete="new-password" />}
      </Field>
      <Button type="submit" busy={busy}>
        Change the password
      </Button>
    </form>
  );
}
