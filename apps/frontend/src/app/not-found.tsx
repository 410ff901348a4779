import type { Metadata } from 'next';
import { EmptyState } from '@/components/seats/empty-state';
import { ButtonLink } from '@/components/ui/button';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <>
      <h1 className="mb-8 text-3xl">Nobody sits here</h1>
      <EmptyState
        title="There is nothing at this address"
        action={
          <>
            <ButtonLink tone="primary" href="/competitions">
              Search competitions
            </ButtonLink>
            <ButtonLink href="/">Home</ButtonLink>
          </>
        }
      >
        The link may be incomplete, or the organizer has deleted the competition.
      </EmptyState>
    </>
  );
}
