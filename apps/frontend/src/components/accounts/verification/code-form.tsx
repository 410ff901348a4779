'use client';

import { ConfirmVerification, type Verification } from '@mini-compete/shared/verification';
import { useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Notice } from '@/components/ui/notice';
import { confirmCode } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';
import type { ApiError } from '@/lib/api/problem';
import { useSchemaResolver } from '@/lib/forms/schema-resolver';
import { useSubmit } from '@/lib/forms/use-submit';
import { ResendCode } from './resend-code';
import { address } from './rich-address';
import { useVerification } from './use-verification';

type Props = {
  /** Null: it is loaded. */
  initial: Verification | null;
  onVerified: (status: Verification) => void;
  /** When the viewer has just acted and this is the next step. */
  focus?: boolean;
};

/** Asks for the code of the mail, and sends another one. */
export function CodeForm({ initial, onVerified, focus = false }: Props) {
  const t = useTexts('verification');
  const { status, apply, resendAt, waitUntil } = useVerification(initial, onVerified);
  const { register, handleSubmit, setFocus, formState } = useForm<{ code: string }>({
    resolver: useSchemaResolver(ConfirmVerification),
    defaultValues: { code: '' },
  });
  const { busy, failure, run, clear } = useSubmit<{ code: string }>();
  const isSent = status?.codeSent === true;
  useEffect(() => {
    if (isSent && focus) setFocus('code');
  }, [isSent, focus, setFocus]);

  if (status === null)
    return (
      <p role="status" className="text-sm text-muted">
        {t('loading')}
      </p>
    );
  if (status.delivery === 'none') return <Notice tone="warning">{t('unavailable')}</Notice>;

  const submit = handleSubmit(async ({ code }) => {
    const confirmed = await run(() => confirmCode(call, ConfirmVerification.parse({ code })));
    if (confirmed) apply(confirmed);
    else setFocus('code', { shouldSelect: true });
  });
  const error = formState.errors.code?.message ?? (failure ? explain(failure, t) : undefined);
  return (
    <div className="flex flex-col gap-4">
      <p className="text-sm text-muted">
        {t.rich(isSent ? 'sent' : 'notSent', { email: status.email, address })}
        {status.delivery === 'terminal' && ` ${t('terminal')}`}
      </p>
      {isSent && (
        <form method="post" onSubmit={submit} noValidate className="flex flex-col gap-4">
          <Field
            id="verification-code"
            label={t('code')}
            help={status.delivery === 'email' && t('codeHelp')}
            error={error}
          >
            {(control) => (
              <Input
                {...control}
                {...register('code')}
                inputMode="numeric"
                autoComplete="one-time-code"
                spellCheck={false}
                dir="ltr"
                className="tabular max-w-52 text-xl tracking-[0.25em]"
              />
            )}
          </Field>
          {/* The field keeps the focus, so its new description would not be read. */}
          <p role="alert" className="sr-only">
            {error}
          </p>
          <Button type="submit" tone="primary" busy={busy} className="self-start max-sm:self-stretch">
            {t(busy ? 'submitting' : 'submit')}
          </Button>
        </form>
      )}
      <ResendCode
        isFirst={!isSent}
        resendAt={resendAt}
        wait={waitUntil}
        onSent={(sent) => {
          clear();
          apply(sent);
        }}
      />
    </div>
  );
}

function explain({ title, problem }: ApiError, t: ReturnType<typeof useTexts<'verification'>>): string {
  return problem.triesLeft === undefined ? title : `${title} ${t('triesLeft', { count: problem.triesLeft })}`;
}
