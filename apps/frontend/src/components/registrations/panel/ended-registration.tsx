'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import type { CompetitionStatus, EndedRegistration as Ended } from '@mini-compete/shared/seats';
import { useFormats, useTexts } from '#texts';

type Props = { ended: Ended; competition: Competition; status: CompetitionStatus };

/** How the viewer's registration ended without them, and whether they can try again. */
export function EndedRegistration({ ended, competition, status }: Props) {
  const t = useTexts('panel');
  const { instant } = useFormats();
  const canTryAgain = ended.endReason === 'EXPIRED' && status === 'open';
  return (
    <div className="animate-rise rounded-md bg-sunken p-4">
      <h2 className="text-xl">{t(`ended.${ended.endReason}`)}</h2>
      <p className="mt-1.5 text-sm" suppressHydrationWarning>
        {ended.endReason === 'REJECTED'
          ? t('ended.rejectedText')
          : t('ended.expiredText', { when: instant(ended.heldUntil ?? ended.endedAt, 'full') })}{' '}
        {canTryAgain && t(competition.admissionMode === 'APPROVAL' ? 'ended.applyAgain' : 'ended.registerAgain')}
      </p>
    </div>
  );
}
