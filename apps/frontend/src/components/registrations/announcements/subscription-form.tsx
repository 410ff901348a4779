'use client';

import type { Subscription } from '@mini-compete/shared/announcements';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '#texts';
import { Button, ButtonLink } from '@/components/ui/button';
import { FormSummary } from '@/components/ui/form-summary';
import { subscribe, unsubscribe } from '@/lib/api/announcements';
import { call } from '@/lib/api/client';
import { useSubmit } from '@/lib/forms/use-submit';
import { competitionPath } from '@/lib/paths';

type Props = { token: string; subscription: Subscription };

/** Asks before it unsubscribes, and takes it back. */
export function SubscriptionForm({ token, subscription: { competitionId, title, isSubscribed } }: Props) {
  const t = useTexts('subscription');
  const [state, setState] = useState<'asking' | 'unsubscribed' | 'subscribed'>(
    isSubscribed ? 'asking' : 'unsubscribed',
  );
  const { busy, failure, run } = useSubmit({ redirectOn401: false });
  const heading = useRef<HTMLHeadingElement>(null);
  const isFirst = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the state has changed, the heading says so
  useEffect(() => {
    if (!isFirst.current) heading.current?.focus();
    isFirst.current = false;
  }, [state]);
  const change = (next: 'unsubscribed' | 'subscribed') =>
    run(async () => {
      await (next === 'unsubscribed' ? unsubscribe(call, token) : subscribe(call, token));
      setState(next);
    });
  const texts = {
    asking: ['question', 'text'],
    unsubscribed: ['doneTitle', 'done'],
    subscribed: ['undoneTitle', 'undone'],
  } as const;
  const [titleKey, textKey] = texts[state];
  const page = competitionPath(competitionId);
  return (
    <>
      <h1 ref={heading} tabIndex={-1} className="text-2xl outline-none">
        {t(titleKey)}
      </h1>
      <p className="mt-3">
        {t.rich(textKey, {
          title,
          b: (text) => (
            <strong>
              <bdi>{text}</bdi>
            </strong>
          ),
        })}
      </p>
      <div className="mt-6 flex flex-col gap-4">
        <FormSummary failure={failure?.title} />
        <div className="flex flex-wrap gap-3">
          {state === 'asking' ? (
            <>
              <ButtonLink href={page}>{t('keep')}</ButtonLink>
              <Button tone="primary" busy={busy} onClick={() => void change('unsubscribed')}>
                {t('confirm')}
              </Button>
            </>
          ) : (
            <>
              <ButtonLink href={page}>{t('view')}</ButtonLink>
              {state === 'unsubscribed' && (
                <Button busy={busy} onClick={() => void change('subscribed')}>
                  {t('undo')}
                </Button>
              )}
            </>
          )}
        </div>
      </div>
    </>
  );
}
