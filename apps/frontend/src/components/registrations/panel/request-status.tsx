'use client';

import type { CompetitionStatus } from '@mini-compete/shared/seats';
import { useEffect, useState } from 'react';
import { Notice } from '@/components/ui/notice';
import type { ApiError } from '@/lib/api/problem';
import type { RequestState } from './use-registration-request';

type Props = { request: RequestState; status: CompetitionStatus; waitlist: boolean };

/** The progress of the request, and the reason if it was refused. */
export function RequestStatus({ request, status, waitlist }: Props) {
  return (
    <div role="status" className="empty:hidden">
      {noticeFor(request, status, waitlist)}
    </div>
  );
}

function noticeFor(request: RequestState, status: CompetitionStatus, waitlist: boolean) {
  switch (request.phase) {
    case 'idle':
      return null;
    case 'working':
      return request.operation === 'leave' ? <Notice title="Leaving" /> : <SlowNotice />;
    case 'retrying':
      return (
        <Notice tone="warning" title={retryReason(request.error)}>
          {request.operation === 'leave'
            ? 'Your leaving is asked for again by itself; it counts once.'
            : 'Your request goes out again by itself, as the same one: you cannot be registered twice. You may stay here or reload.'}{' '}
          <span className="tabular whitespace-nowrap text-muted">Attempt {request.attempt + 1}</span>
        </Notice>
      );
    case 'refused':
      return request.error.code === 'ALREADY_REGISTERED' ? null : (
        <Notice tone="error" title={request.error.title}>
          {request.error.code === 'COMPETITION_FULL' &&
            status === 'full' &&
            waitlist &&
            'Somebody was quicker. The line is open.'}
          {request.error.code === 'INTERNAL' && 'You have no seat unless this page says so. Try again.'}
        </Notice>
      );
    case 'done':
      return request.operation === 'leave' ? (
        <Notice tone="neutral" title="You have left">
          Your place has been given back.
        </Notice>
      ) : null;
  }
}

/** The API responds within 3 s, at the latest with BUSY: after that, the network is slow. */
const SLOW_AFTER_MS = 3000;

function SlowNotice() {
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), SLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    isSlow && (
      <Notice tone="warning" title="It takes longer than usual">
        There is no answer yet. You cannot be registered twice: you may stay here or reload.
      </Notice>
    )
  );
}

function retryReason(error: ApiError): string {
  switch (error.code) {
    case 'NO_RESPONSE':
      return 'Connection lost, still trying';
    case 'IDEMPOTENCY_IN_PROGRESS':
      return 'Your request is being worked on';
    case 'TOO_MANY_REQUESTS':
      return 'Too many attempts, waiting a moment';
    default:
      return 'It takes longer than usual, still trying';
  }
}
