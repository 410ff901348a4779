'use client';

import Link from 'next/link';
import { useId, useState } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { call } from '@/lib/api/client';
import { eraseAccount } from '@/lib/api/privacy';
import { useSubmit } from '@/lib/forms/use-submit';
import { PasswordInput } from './password-input';

/** It cannot be taken back, so it says what it does and asks for the password. */
export function EraseAccount({ email }: { email: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const t = useTexts('accounts');
  return (
    <>
      <Button tone="caution" onClick={() => setIsOpen(true)}>
        {t('erase.open')}
      </Button>
      {isOpen && <EraseDialog email={email} close={() => setIsOpen(false)} />}
    </>
  );
}

function EraseDialog({ email, close }: { email: string; close: () => void }) {
  const t = useTexts('accounts');
  const common = useTexts('common');
  const formId = useId();
  const [password, setPassword] = useState('');
  const { busy, failure, run } = useSubmit();
  const owned = failure?.problem.competitions ?? [];
  const erase = () =>
    run(async () => {
      await eraseAccount(call, { password });
      // Not a client-side navigation: nothing of the account may stay in the memory of this page.
      window.location.assign('/');
    });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      title={t('erase.question')}
      actions={
        <>
          <Button onClick={close}>{common('cancel')}</Button>
          <Button type="submit" form={formId} tone="danger" busy={busy}>
            {t('erase.confirm')}
          </Button>
        </>
      }
    >
      <ul className="flex list-disc flex-col gap-1 ps-5">
        <li>{t('erase.seats')}</li>
        <li>{t('erase.personal')}</li>
        <li>{t('erase.final')}</li>
      </ul>
      <form
        id={formId}
        method="post"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void erase();
        }}
      >
        {/* For password managers: which account this password belongs to. */}
        <input type="email" name="username" value={email} readOnly hidden autoComplete="username" />
        <Field
          id="erase-password"
          label={t('field.currentPassword')}
          error={failure?.code === 'WRONG_PASSWORD' ? failure.title : failure?.fields.get('password')}
        >
          {(control) => (
            <PasswordInput
              {...control}
              name="password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
              autoComplete="current-password"
            />
          )}
        </Field>
      </form>
      {failure && failure.code !== 'WRONG_PASSWORD' && failure.fields.size === 0 && (
        <div role="alert">
          <p className="font-semibold text-error">{failure.title}</p>
          {owned.length > 0 && (
            <ul className="mt-2 flex list-disc flex-col gap-1 ps-5">
              {owned.map(({ id, title }) => (
                <li key={id}>
                  <Link href={`/organize/${id}`} className="link">
                    <bdi>{title}</bdi>
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </div>
      )}
    </Dialog>
  );
}
