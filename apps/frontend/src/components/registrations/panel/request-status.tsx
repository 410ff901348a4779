'use client';

import type { CompetitionStatus } from '@mini-compete/shared/seats';
import { useEffect, useState } from 'react';
import { Notice } from '@/components/ui/notice';
import type { ApiError } from '@/lib/api/problem';
import type { ActState } from './use-registration-request';

type Props = { act: ActState; status: CompetitionStatus; waitlist: boolean };

/** What happens to the press, in words: while it is under way, and when it was refused. */
export function ActNotice({ act, status, waitlist }: Props) {
  return (
    <div role="status" className="empty:hidden">
      {words(act, status, waitlist)}
    </div>
  );
}

function words(act: ActState, status: CompetitionStatus, waitlist: boolean) {
  switch (act.phase) {
    case 'idle':
      return null;
    case 'working':
      return act.act === 'leave' ? <Notice title="Leaving" /> : <StillWaiting />;
    case 'retrying':
      return (
        <Notice tone="waiting" title={reason(act.error)}>
          {act.act === 'leave'
            ? 'Your leaving is asked for again by itself; it counts once.'
            : 'Your request goes out again by itself, as the same one: you cannot be registered twice. You may stay here or reload.'}{' '}
          <span className="tabular whitespace-nowrap text-muted">Attempt {act.attempt + 1}</span>
        </Notice>
      );
    case 'refused':
      return act.error.code === 'ALREADY_REGISTERED' ? null : (
        <Notice tone="closed" title={act.error.title}>
          {act.error.code === 'COMPETITION_FULL' &&
            status === 'full' &&
            waitlist &&
            'Somebody was quicker. The line is open.'}
          {act.error.code === 'INTERNAL' && 'You have no seat unless this page says so. Try again.'}
        </Notice>
      );
    case 'done':
      return act.act === 'leave' ? (
        <Notice tone="quiet" title="You have left">
          Your place has been given back.
        </Notice>
      ) : null;
  }
}

/** The server answers within 3 s, if only that it is busy: after that, something on the way is slow. */
const USUAL = 3000;

function StillWaiting() {
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), USUAL);
    return () => clearTimeout(timer);
  }, []);
  return (
    long && (
      <Notice tone="waiting" title="It takes longer than usual">
        There is no answer yet. You cannot be registered twice: you may stay here or reload.
      </Notice>
    )
  );
}

function reason(error: ApiError): string {
  switch (error.code) {
    case 'NO_ANSWER':
      return 'Connection lost, still trying';
    case 'IDEMPOTENCY_IN_PROGRESS':
      return 'Your request is being worked on';
    case 'TOO_MANY_REQUESTS':
      return 'Too many attempts, waiting a moment';
    default:
      return 'It takes longer than usual, still trying';
  }
}
