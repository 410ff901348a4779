'use client';

import type { Verification } from '@mini-compete/shared/verification';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '#texts';
import { Button, buttonClass } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { confirmLink } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';
import { useSubmit } from '@/lib/forms/use-submit';
import { CodeForm } from './code-form';
import { address } from './rich-address';

type Props = { initial: Verification; next: string };

/** The page behind the link of the mail, and the step after signing up. Opening it changes nothing. */
export function VerifyEmail({ initial, next }: Props) {
  const t = useTexts('verification');
  const [verified, setVerified] = useState<Verification | null>(initial.verified ? initial : null);
  const token = useTokenOfLink();
  const [usesCode, setUsesCode] = useState(false);
  const { busy, failure, run } = useSubmit();

  if (verified !== null)
    return (
      <div className="flex flex-col items-start gap-5">
        <Notice tone="success" live="polite" title={t('done.title')}>
          {t.rich('done.text', { email: verified.email, address })}
        </Notice>
        {/* A full page load, so that the banner of the layout is gone. */}
        <a href={next} className={buttonClass({ tone: 'primary' })}>
          {t('done.next')}
        </a>
      </div>
    );
  if (token === null || usesCode || failure)
    return (
      <div className="flex flex-col gap-5">
        {failure && <Notice tone="error" live="assertive" title={failure.title} />}
        <CodeForm initial={initial} onVerified={setVerified} focus={usesCode || failure !== null} />
      </div>
    );
  const confirm = async () => {
    const status = await run(() => confirmLink(call, { token }));
    if (status) setVerified(status);
  };
  return (
    <div className="flex flex-col items-start gap-5">
      <p>{t.rich('link.text', { email: initial.email, address })}</p>
      <Button tone="primary" busy={busy} onClick={confirm}>
        {t(busy ? 'submitting' : 'link.submit')}
      </Button>
      <Button tone="ghost" size="sm" onClick={() => setUsesCode(true)}>
        {t('link.useCode')}
      </Button>
    </div>
  );
}

/** The token is in the fragment, which browsers do not send, so no server logs it. Removed from the history as well. */
function useTokenOfLink(): string | null {
  const read = useRef(false);
  const [token, setToken] = useState<string | null>(null);
  useEffect(() => {
    if (read.current) return;
    read.current = true;
    const { hash, pathname, search } = window.location;
    setToken(new URLSearchParams(hash.slice(1)).get('token'));
    if (hash) window.history.replaceState(null, '', pathname + search);
  }, []);
  return token;
}
