'use client';

import type { Verification } from '@mini-compete/shared/verification';
import { useEffect, useState } from 'react';
import { useFormats, useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { sendCode } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';
import { isApiError } from '@/lib/api/problem';
import { useSubmit } from '@/lib/forms/use-submit';

type Props = {
  /** No code was sent yet, or it no longer works. */
  isFirst: boolean;
  resendAt: number;
  /** The server asks to wait, for example because another tab was quicker. */
  wait: (until: number) => void;
  onSent: (status: Verification) => void;
};

export function ResendCode({ isFirst, resendAt, wait, onSent }: Props) {
  const t = useTexts('verification');
  const { duration } = useFormats();
  const [isSent, setIsSent] = useState(false);
  const { busy, failure, run } = useSubmit();
  const left = useTimeLeft(resendAt);

  const send = async () => {
    setIsSent(false);
    const status = await run(() =>
      sendCode(call).catch((error) => {
        if (isApiError(error, 'TOO_MANY_REQUESTS')) wait(Date.now() + (error.retryAfterSeconds ?? 1) * 1000);
        throw error;
      }),
    );
    if (status === undefined) return;
    setIsSent(!isFirst);
    onSent(status);
  };
  return (
    <div className="flex flex-col items-start gap-2">
      <Button
        size={isFirst ? 'md' : 'sm'}
        tone={isFirst ? 'primary' : 'secondary'}
        busy={busy}
        inactive={left > 0}
        onClick={send}
      >
        {t(busy ? 'sending' : isFirst ? 'send' : 'resend')}
      </Button>
      {/* Not announced: it changes every second. */}
      {left > 0 && <p className="tabular text-sm text-muted">{t('resendIn', { duration: duration(left) })}</p>}
      <p role="status" className="text-sm text-muted empty:hidden">
        {isSent && t('resent')}
      </p>
      <p role="alert" className="text-sm text-error empty:hidden">
        {failure && failure.code !== 'TOO_MANY_REQUESTS' && failure.title}
      </p>
    </div>
  );
}

/** In milliseconds. Zero while the server renders, whose clock is another one. */
function useTimeLeft(until: number): number {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    const update = () => setLeft(Math.max(0, until - Date.now()));
    update();
    const timer = setInterval(() => {
      update();
      if (Date.now() >= until) clearInterval(timer);
    }, 1000);
    return () => clearInterval(timer);
  }, [until]);
  return left;
}
