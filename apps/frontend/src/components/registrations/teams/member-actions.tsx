import type { Competition } from '@mini-compete/shared/competitions';
import type { Team } from '@mini-compete/shared/teams';
import { useState } from 'react';
import { useTexts } from '#texts';
import { ConfirmDialog } from '@/components/competitions/staff/confirm-dialog';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { endMembership, passCaptaincy } from '@/lib/api/teams';
import { isLocked, type Member } from './team-facts';
import { useLeavingEffects } from './use-leaving-effects';

type Props = {
  competition: Competition;
  team: Team;
  member: Member;
  now: number;
  onChanged: (team: Team) => void;
};

/** What the captain can do with another member. */
export function MemberActions({ competition, team, member, now, onChanged }: Props) {
  const t = useTexts('teamPage');
  const toast = useToast();
  const [dialog, setDialog] = useState<'captaincy' | 'remove' | null>(null);
  const effects = useLeavingEffects(competition, team, member.userId, now);
  const { name, userId } = member;
  return (
    <div className="flex flex-wrap gap-x-5 gap-y-2">
      <Button size="sm" tone="ghost" onClick={() => setDialog('captaincy')}>
        {t('member.makeCaptain')}
        <span className="sr-only">{name}</span>
      </Button>
      {!isLocked(team, now) && (
        <Button size="sm" tone="ghost" onClick={() => setDialog('remove')}>
          {t('member.remove')}
          <span className="sr-only">{name}</span>
        </Button>
      )}
      {dialog === 'captaincy' && (
        <ConfirmDialog
          tone="primary"
          title={t('captaincy.title', { name })}
          text={t('captaincy.text')}
          confirm={t('captaincy.confirm')}
          close={() => setDialog(null)}
          request={async (key) => {
            const changed = await passCaptaincy(call, team.id, userId, key);
            setDialog(null);
            toast(t('captaincy.done', { name }));
            onChanged(changed);
          }}
        />
      )}
      {dialog === 'remove' && (
        <ConfirmDialog
          title={t('remove.title', { name })}
          text={[...effects, t('remove.text')].join(' ')}
          confirm={t('remove.confirm')}
          close={() => setDialog(null)}
          request={async (key) => {
            await endMembership(call, team.id, userId, key);
            setDialog(null);
            toast(t('remove.done', { name }));
            onChanged({ ...team, members: team.members.filter((other) => other.userId !== userId) });
          }}
        />
      )}
    </div>
  );
}
