'use client';

import type { Me } from '@mini-compete/shared/auth';
import { ChangeEmail } from '@mini-compete/shared/verification';
import { useRouter } from 'next/navigation';
import { useForm } from 'react-hook-form';
import { useTexts } from '#texts';
import { Button, ButtonLink } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { FormSummary } from '@/components/ui/form-summary';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { StatusLabel } from '@/components/ui/status-label';
import { useToast } from '@/components/ui/toast';
import { cancelEmailChange, changeEmail } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';
import { useSchemaResolver } from '@/lib/forms/schema-resolver';
import { useSubmit } from '@/lib/forms/use-submit';
import { verifyEmailPath } from '@/lib/paths';
import { PasswordInput } from './password-input';
import { address } from './verification/rich-address';

const VERIFY = verifyEmailPath('/profile');

type Props = {
  user: Pick<Me, 'email' | 'emailVerified' | 'newEmail'>;
  /** Whether this site can send codes. */
  canSend: boolean;
};

export function EmailSettings({ user, canSend }: Props) {
  const t = useTexts('verification');
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p>
          <span className="sr-only">{t('profile.current')}: </span>
          {address(user.email)}
        </p>
        {(user.emailVerified || canSend) && (
          <StatusLabel tone={user.emailVerified ? 'success' : 'warning'} shape={user.emailVerified ? 'tick' : 'ring'}>
            {t(user.emailVerified ? 'profile.verified' : 'profile.unverified')}
          </StatusLabel>
        )}
        {!user.emailVerified && user.newEmail === null && canSend && (
          <ButtonLink size="sm" href={VERIFY}>
            {t('profile.verify')}
          </ButtonLink>
        )}
      </div>
      {user.newEmail === null ? <ChangeForm /> : <PendingChange email={user.newEmail} canSend={canSend} />}
    </div>
  );
}

function PendingChange({ email, canSend }: { email: string; canSend: boolean }) {
  const t = useTexts('verification');
  const router = useRouter();
  const toast = useToast();
  const { busy, failure, run } = useSubmit();
  const cancel = () =>
    run(async () => {
      await cancelEmailChange(call);
      toast(t('profile.canceled'));
      router.refresh();
    });
  return (
    <>
      <Notice tone="warning">
        {t.rich('profile.pending', { email, address })}
        {!canSend && ` ${t('unavailable')}`}
      </Notice>
      <FormSummary failure={failure?.title} />
      <div className="flex flex-wrap gap-3">
        {canSend && (
          <ButtonLink tone="primary" href={VERIFY}>
            {t('profile.enterCode')}
          </ButtonLink>
        )}
        <Button busy={busy} onClick={cancel}>
          {t('profile.cancelChange')}
        </Button>
      </div>
    </>
  );
}

function ChangeForm() {
  const t = useTexts('verification');
  const router = useRouter();
  const { register, handleSubmit, setError, formState } = useForm<ChangeEmail>({
    resolver: useSchemaResolver(ChangeEmail),
    defaultValues: { email: '', currentPassword: '' },
  });
  const { errors } = formState;
  const { busy, failure, run } = useSubmit<ChangeEmail>({ setError, fields: ['email', 'currentPassword'] });
  const submit = handleSubmit(async (change) => {
    const status = await run(() => changeEmail(call, ChangeEmail.parse(change)));
    if (status === undefined) return;
    router.refresh();
    if (!status.verified && status.delivery !== 'none') router.push(VERIFY);
  });
  const wrong = failure?.code === 'WRONG_PASSWORD' ? failure.title : undefined;
  const taken = failure?.code === 'EMAIL_TAKEN' ? failure.title : undefined;
  return (
    <form method="post" onSubmit={submit} noValidate className="flex flex-col items-start gap-4">
      <FormSummary failure={wrong || taken ? null : failure?.title} />
      <Field
        id="newEmail"
        label={t('profile.newEmail')}
        help={t('profile.newEmailHelp')}
        error={errors.email?.message ?? taken}
        className="w-full"
      >
        {(control) => <Input {...control} {...register('email')} type="email" autoComplete="email" dir="ltr" />}
      </Field>
      <Field
        id="emailPassword"
        label={t('profile.password')}
        error={errors.currentPassword?.message ?? wrong}
        className="w-full"
      >
        {(control) => <PasswordInput {...control} {...register('currentPassword')} autoComplete="current-password" />}
      </Field>
      <Button type="submit" busy={busy}>
        {t('profile.change')}
      </Button>
    </form>
  );
}
