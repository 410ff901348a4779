'use client';

import type { LeaveLinkInfo } from '@mini-compete/shared/registrations';
import { useState } from 'react';
import { Button, ButtonLink } from '@/components/ui/button';
import { FormSummary } from '@/components/ui/form-summary';
import { call } from '@/lib/api/client';
import { leaveByLink } from '@/lib/api/registrations';
import { useSubmit } from '@/lib/forms/use-submit';
import { competitionPath } from '@/lib/paths';

export function LeaveByLinkForm({ token, link }: { token: string; link: LeaveLinkInfo }) {
  const [left, setLeft] = useState(false);
  const { busy, failure, run } = useSubmit({ redirectOn401: false });
  const waitlisted = link.status === 'WAITLISTED';
  const page = competitionPath(link.competitionId);
  const confirm = () =>
    run(async () => {
      await leaveByLink(call, token);
      setLeft(true);
    });
  if (left)
    return (
      <div role="status">
        <h1 className="text-2xl">You have left</h1>
        <p className="mt-3">
          Your {waitlisted ? 'place in the line' : 'seat'} for “{link.title}” has been given back.
        </p>
        <ButtonLink className="mt-6" href={page}>
          See the competition
        </ButtonLink>
      </div>
    );
  return (
    <>
      <h1 className="text-2xl">{waitlisted ? 'Leave the line?' : 'Give your seat back?'}</h1>
      <p className="mt-3">
        {link.name}, you {waitlisted ? 'wait in line for' : 'have a seat in'} <strong>“{link.title}”</strong>.
      </p>
      <p className="mt-2 text-muted">
        {waitlisted
          ? 'Those behind you move up.'
          : 'It goes to the first person in line, or to whoever registers next.'}{' '}
        You may register again later; you would then stand at the end of the line.
      </p>
      <div className="mt-6 flex flex-col gap-4">
        <FormSummary failure={failure?.title} />
        <div className="flex flex-wrap gap-3">
          <ButtonLink href={page}>{waitlisted ? 'Stay in line' : 'Keep my seat'}</ButtonLink>
          <Button tone="danger" busy={busy} onClick={() => void confirm()}>
            {waitlisted ? 'Leave the line' : 'Leave'}
          </Button>
        </div>
      </div>
    </>
  );
}
