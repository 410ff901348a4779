'use client';

import type { CompetitionStatus } from '@mini-compete/shared/seats';
import { type ReactNode, useEffect, useState } from 'react';
import { useTexts } from '#texts';
import type { Standing } from '@/components/registrations/mine/standing';
import { Notice } from '@/components/ui/notice';
import type { ApiError } from '@/lib/api/problem';
import type { RegistrationOperation } from '@/lib/registration-attempt';
import type { RequestState } from './use-registration-request';

type Props = {
  request: RequestState;
  status: CompetitionStatus;
  waitlist: boolean;
  leftStanding: Standing;
  /** Of a refusal, in the place of the general one. */
  reason?: ReactNode;
};

/** The progress of the request, and the reason if it was refused. */
export function RequestStatus(props: Props) {
  return (
    <div role="status" className="empty:hidden">
      <StatusNotice {...props} />
    </div>
  );
}

function StatusNotice({ request, status, waitlist, leftStanding, reason }: Props) {
  const t = useTexts('panel');
  switch (request.phase) {
    case 'idle':
      return null;
    case 'working':
      return request.operation === 'leave' ? <Notice title={t('status.leaving')} /> : <SlowNotice />;
    case 'retrying':
      return (
        <Notice tone="warning" title={t(retryReason(request.error))}>
          {t(countsOnce(request.operation) ? 'status.retryLeave' : 'status.retryRegister')}{' '}
          <span className="tabular whitespace-nowrap text-muted">
            {t('status.attempt', { attempt: request.attempt + 1 })}
          </span>
        </Notice>
      );
    case 'refused':
      // The form says it, above what has to be checked.
      if (request.error.code === 'QUESTIONS_CHANGED') return null;
      return request.error.code === 'ALREADY_REGISTERED' ? null : (
        <Notice tone="error" title={request.error.title}>
          {reason ??
            (request.error.code === 'COMPETITION_FULL' && status === 'full' && waitlist && t('status.seatTaken'))}
          {request.error.code === 'INTERNAL' && t('status.unclear')}
        </Notice>
      );
    case 'done':
      return request.operation === 'leave' ? (
        <Notice tone="neutral" title={t(`status.left.${leftStanding}`)}>
          {t(`status.leftText.${leftStanding}`)}
        </Notice>
      ) : null;
  }
}

const countsOnce = (operation: RegistrationOperation) => operation !== 'register' && operation !== 'join';

/** The API responds within 3 s, at the latest with BUSY: after that, the network is slow. */
const SLOW_AFTER_MS = 3000;

function SlowNotice() {
  const t = useTexts('panel');
  const [isSlow, setIsSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsSlow(true), SLOW_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    isSlow && (
      <Notice tone="warning" title={t('status.slow')}>
        {t('status.slowText')}
      </Notice>
    )
  );
}

function retryReason(error: ApiError) {
  switch (error.code) {
    case 'NO_RESPONSE':
      return 'lost';
    case 'IDEMPOTENCY_IN_PROGRESS':
      return 'status.inProgress';
    case 'TOO_MANY_REQUESTS':
      return 'status.throttled';
    default:
      return 'status.stillTrying';
  }
}
