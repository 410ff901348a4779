import type { Competition } from '@mini-compete/shared/competitions';
import type { Team } from '@mini-compete/shared/teams';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useTexts } from '#texts';
import { ConfirmDialog } from '@/components/competitions/staff/confirm-dialog';
import { standingOf } from '@/components/registrations/mine/standing';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { endMembership, withdrawTeam } from '@/lib/api/teams';
import { competitionPath } from '@/lib/paths';
import { isCaptain, isLocked } from './team-facts';
import { useLeavingEffects } from './use-leaving-effects';

type Props = { competition: Competition; team: Team; userId: string; now: number };

/** Ends one's own membership, or as the captain the registration of all. Both say first what happens. */
export function LeaveTeam({ competition, team, userId, now }: Props) {
  const t = useTexts('teamPage');
  const router = useRouter();
  const toast = useToast();
  const [dialog, setDialog] = useState<'leave' | 'withdraw' | null>(null);
  const effects = useLeavingEffects(competition, team, userId, now, true);
  const standing = team.registration && standingOf(team.registration.status);
  const { name } = team;
  return (
    <section aria-labelledby="leave-title">
      <h2 id="leave-title" className="text-lg">
        {t('leave.section')}
      </h2>
      <div className="mt-3 flex flex-wrap gap-3">
        <Button size="sm" tone="caution" onClick={() => setDialog('leave')}>
          {t('leave.open')}
        </Button>
        {standing && isCaptain(team, userId) && (
          <Button size="sm" tone="caution" onClick={() => setDialog('withdraw')}>
            {t(`withdraw.open.${standing}`)}
          </Button>
        )}
      </div>
      {dialog === 'leave' && (
        <ConfirmDialog
          title={t('leave.title', { name })}
          text={[...effects, t(isLocked(team, now) ? 'leave.textLocked' : 'leave.text')].join(' ')}
          confirm={t('leave.confirm')}
          close={() => setDialog(null)}
          request={async (key) => {
            await endMembership(call, team.id, userId, key);
            toast(t('leave.done', { name }));
            router.push(competitionPath(competition.id));
            router.refresh();
          }}
        />
      )}
      {dialog === 'withdraw' && standing && (
        <ConfirmDialog
          title={t(`withdraw.title.${standing}`, { name })}
          text={`${t(`withdraw.text.${standing}`)} ${t('withdraw.stays')}`}
          confirm={t(`withdraw.confirm.${standing}`)}
          close={() => setDialog(null)}
          request={async (key) => {
            await withdrawTeam(call, team.id, key);
            setDialog(null);
            toast(t('withdraw.done'));
            router.refresh();
          }}
        />
      )}
    </section>
  );
}
