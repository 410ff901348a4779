'use client';

import { UNAVAILABLE_DIGEST } from '@mini-compete/shared/page-errors';
import { useEffect } from 'react';
import { useTexts } from '#texts';
import { EmptyState } from '@/components/seats/empty-state';
import { Button, ButtonLink } from '@/components/ui/button';

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTexts('layout');
  const common = useTexts('common');
  useEffect(() => {
    console.error(error);
  }, [error]);
  const digest = typeof error === 'object' && error !== null && 'digest' in error ? String(error.digest) : null;
  return (
    <>
      <title>{`${t('error.title')} · Mini Compete`}</title>
      <h1 className="mb-8 text-3xl">{t('error.title')}</h1>
      <EmptyState
        title={t('error.heading')}
        action={
          <>
            <Button tone="primary" onClick={retry}>
              {common('retry')}
            </Button>
            <ButtonLink href="/">{t('error.home')}</ButtonLink>
          </>
        }
      >
        <p>{t('error.safe')}</p>
        {digest && digest !== UNAVAILABLE_DIGEST && (
          <p className="mt-1 text-sm">{t('error.reference', { reference: digest })}</p>
        )}
      </EmptyState>
    </>
  );
}
