import { isSeated } from '@mini-compete/shared/registration-status';
import type { CompetitionStatus, MyActiveRegistration } from '@mini-compete/shared/seats';
import { useState } from 'react';
import { useTexts } from '#texts';

/**
 * What screen readers announce: changes that the viewer did not cause. Not each seat, which would never be silent in the
 * minute after registration opens.
 */
export function useAnnouncement(
  status: CompetitionStatus,
  registration: MyActiveRegistration | null,
  hasLeft: boolean,
  /** What is registered: see `participantsOf`. */
  who: string,
): string {
  const t = useTexts('panel');
  const [seen, setSeen] = useState({ status, registration });
  const [announcement, setAnnouncement] = useState('');
  const before = seen.registration;
  if (status !== seen.status || registration !== before) {
    setSeen({ status, registration });
    const sameRegistration = before?.registrationId === registration?.registrationId;
    const after = registration?.status;
    if (before?.status === 'WAITLISTED' && isSeated(after)) setAnnouncement(t('announce.promoted', { who }));
    else if (before !== null && sameRegistration && after !== before.status && after === 'HELD')
      setAnnouncement(t('announce.held', { who }));
    else if (before?.status === 'APPLIED' && isSeated(after)) setAnnouncement(t('announce.accepted', { who }));
    else if (before?.status === 'APPLIED' && after === 'WAITLISTED') setAnnouncement(t('announce.waitlisted', { who }));
    else if (before !== null && registration === null && !hasLeft) setAnnouncement(t('announce.ended', { who }));
    else if (sameRegistration && registration?.position && registration.position !== before?.position)
      setAnnouncement(t('announce.moved', { position: registration.position, who }));
    else if (status !== seen.status && status !== 'upcoming')
      setAnnouncement(t(`announce.${status === 'open' && seen.status === 'full' ? 'seatFree' : status}`));
  }
  return announcement;
}
