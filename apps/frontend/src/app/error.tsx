'use client';

import { UNAVAILABLE_DIGEST } from '@mini-compete/shared/page-errors';
import { useEffect } from 'react';
import { EmptyState } from '@/components/seats/empty-state';
import { Button, ButtonLink } from '@/components/ui/button';

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => {
    console.error(error);
  }, [error]);
  const digest = typeof error === 'object' && error !== null && 'digest' in error ? String(error.digest) : null;
  return (
    <>
      <h1 className="mb-8 text-3xl">This page did not come together</h1>
      <EmptyState
        title="The service is not answering as it should"
        action={
          <>
            <Button tone="primary" onClick={retry}>
              Try again
            </Button>
            <ButtonLink href="/">Home</ButtonLink>
          </>
        }
      >
        <p>What you have registered for is safe. Try again in a moment.</p>
        {digest && digest !== UNAVAILABLE_DIGEST && (
          <p className="mt-1 text-sm">If it stays like this, say this number: {digest}</p>
        )}
      </EmptyState>
    </>
  );
}
