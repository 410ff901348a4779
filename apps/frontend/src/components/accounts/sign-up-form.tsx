'use client';

import { PASSWORD_MIN, Signup } from '@mini-compete/shared/auth';
import { useForm } from 'react-hook-form';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { Input } from '@/components/ui/input';
import { signUp } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';
import { schemaResolver } from '@/lib/forms/schema-resolver';
import { useSubmit } from '@/lib/forms/use-submit';
import { PasswordInput } from './password-input';
import { RoleChoice } from './role-choice';

type Values = { name: string; email: string; password: string; role: string };

export function SignUpForm({ next, role }: { next: string; role: 'PARTICIPANT' | 'ORGANIZER' }) {
  const { register, handleSubmit, setError, formState } = useForm<Values>({
    resolver: schemaResolver(Signup),
    defaultValues: { name: '', email: '', password: '', role },
  });
  const { errors } = formState;
  const { busy, failure, run } = useSubmit<Values>({ setError, fields: ['name', 'email', 'password'] });
  const submit = handleSubmit(async (values) => {
    const response = await run(() => signUp(call, Signup.parse(values)));
    if (response) window.location.assign(next === '/' && response.user.role === 'ORGANIZER' ? '/organize' : next);
  });
  const taken = failure?.code === 'EMAIL_TAKEN' ? failure.title : undefined;
  const fieldErrors = (['name', 'email', 'password'] as const).flatMap((id) =>
    errors[id]?.message ? [{ id, label: LABELS[id], message: errors[id].message }] : [],
  );
  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col gap-5">
      <FormSummary failure={taken ? null : failure?.title} fieldErrors={fieldErrors} />
      <RoleChoice input={register('role')} />
      <Field id="name" label={LABELS.name} help="As organizers shall see it." error={errors.name?.message}>
        {(control) => <Input {...control} {...register('name')} autoComplete="name" />}
      </Field>
      <Field id="email" label={LABELS.email} error={errors.email?.message ?? taken}>
        {(control) => <Input {...control} {...register('email')} type="email" autoComplete="email" />}
      </Field>
      <Field
        id="password"
        label={LABELS.password}
        help={`At least ${PASSWORD_MIN} characters.`}
        error={errors.password?.message}
      >
        {(control) => <PasswordInput {...control} {...register('password')} autoComplete="new-password" />}
      </Field>
      <Button type="submit" tone="primary" busy={busy}>
        {busy ? 'Creating the account' : 'Create account'}
      </Button>
    </form>
  );
}

const LABELS = { name: 'Name', email: 'E-mail', password: 'Password' };
