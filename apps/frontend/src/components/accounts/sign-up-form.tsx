'use client';

import { PASSWORD_MIN, Signup } from '@mini-compete/shared/auth';
import { useForm } from 'react-hook-form';
import { useLanguage, useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { Input } from '@/components/ui/input';
import { getMe, signUp } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';
import { useSchemaResolver } from '@/lib/forms/schema-resolver';
import { useSubmit } from '@/lib/forms/use-submit';
import { competitionIdOf, verifyEmailPath } from '@/lib/paths';
import { useTimeZone } from '@/lib/time-zone';
import { PasswordInput } from './password-input';
import { RoleChoice } from './role-choice';

type Values = { name: string; email: string; password: string; role: string };

type Props = {
  next: string;
  role: 'PARTICIPANT' | 'ORGANIZER';
  /** Not for someone who came to register: they take part. */
  asksRole: boolean;
};

export function SignUpForm({ next, role, asksRole }: Props) {
  const t = useTexts('accounts');
  const language = useLanguage();
  const timeZone = useTimeZone();
  const { register, handleSubmit, setError, formState } = useForm<Values>({
    resolver: useSchemaResolver(Signup),
    defaultValues: { name: '', email: '', password: '', role: asksRole ? role : 'PARTICIPANT' },
  });
  const { errors } = formState;
  const { busy, failure, run } = useSubmit<Values>({ setError, fields: ['name', 'email', 'password'] });
  const submit = handleSubmit(async (values) => {
    const response = await run(() => signUp(call, Signup.parse({ ...values, language, timeZone })));
    if (!response) return;
    const start = next === '/' && response.user.role === 'ORGANIZER' ? '/organize' : next;
    // The page of a competition asks for the code itself, with the competition in view.
    const asksThere = competitionIdOf(next) !== null;
    window.location.assign(!asksThere && (await mustVerify()) ? verifyEmailPath(start) : start);
  });
  const taken = failure?.code === 'EMAIL_TAKEN' ? failure.title : undefined;
  const fieldErrors = (['name', 'email', 'password'] as const).flatMap((id) =>
    errors[id]?.message ? [{ id, label: t(`field.${id}`), message: errors[id].message }] : [],
  );
  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col gap-5">
      <FormSummary failure={taken ? null : failure?.title} fieldErrors={fieldErrors} />
      {asksRole && <RoleChoice input={register('role')} />}
      <Field id="name" label={t('field.name')} help={t('field.nameHelp')} error={errors.name?.message}>
        {(control) => <Input {...control} {...register('name')} autoComplete="name" />}
      </Field>
      <Field id="email" label={t('field.email')} error={errors.email?.message ?? taken}>
        {(control) => <Input {...control} {...register('email')} type="email" autoComplete="email" />}
      </Field>
      <Field
        id="password"
        label={t('field.password')}
        help={t('field.passwordHelp', { count: PASSWORD_MIN })}
        error={errors.password?.message}
      >
        {(control) => <PasswordInput {...control} {...register('password')} autoComplete="new-password" />}
      </Field>
      <Button type="submit" tone="primary" busy={busy}>
        {t(busy ? 'signUp.submitting' : 'signUp.submit')}
      </Button>
    </form>
  );
}

/** False also when it is unknown: the banner of the next page says it. */
const mustVerify = (): Promise<boolean> =>
  getMe(call).then(
    ({ verification }) => verification === 'required',
    () => false,
  );
