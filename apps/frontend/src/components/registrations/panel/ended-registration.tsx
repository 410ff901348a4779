'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import type { CompetitionStatus, EndedRegistration as Ended } from '@mini-compete/shared/seats';
import dynamic from 'next/dynamic';
import { useFormats, useTexts } from '#texts';

/** Only competitions for teams need its code and texts. */
const TeamTooSmall = dynamic(() => import('./team-too-small').then((module) => module.TeamTooSmall));

type Props = { ended: Ended; competition: Competition; status: CompetitionStatus };

/** How the viewer's registration ended without them, and whether they can try again. */
export function EndedRegistration({ ended, competition, status }: Props) {
  const t = useTexts('panel');
  const { instant } = useFormats();
  if (ended.endReason === 'TEAM_TOO_SMALL') return <TeamTooSmall ended={ended} competition={competition} />;
  const canTryAgain = ended.endReason === 'EXPIRED' && status === 'open';
  return (
    <div className="animate-rise rounded-md bg-sunken p-4">
      <h2 className="text-xl">{t(`ended.${ended.endReason}`)}</h2>
      <p className="mt-1.5 text-sm" suppressHydrationWarning>
        {ended.endReason === 'EXPIRED'
          ? t('ended.expiredText', { when: instant(ended.heldUntil ?? ended.endedAt, 'full') })
          : t(ended.endReason === 'REJECTED' ? 'ended.rejectedText' : 'ended.noShowText')}{' '}
        {canTryAgain && t(competition.admissionMode === 'APPROVAL' ? 'ended.applyAgain' : 'ended.registerAgain')}
      </p>
    </div>
  );
}
