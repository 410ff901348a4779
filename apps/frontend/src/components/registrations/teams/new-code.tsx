import type { Team } from '@mini-compete/shared/teams';
import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '#texts';
import { ConfirmDialog } from '@/components/competitions/staff/confirm-dialog';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { renewCode } from '@/lib/api/teams';

/** Replaces the code, for a captain whose code has got around. */
export function NewCode({ team, onChanged }: { team: Team; onChanged: (team: Team) => void }) {
  const t = useTexts('teamPage');
  const toast = useToast();
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button
        size="sm"
        tone="ghost"
        className="self-start"
        icon={<RefreshCw aria-hidden="true" className="size-4" />}
        onClick={() => setAsking(true)}
      >
        {t('newCode.open')}
      </Button>
      {isAsking && (
        <ConfirmDialog
          tone="primary"
          title={t('newCode.title')}
          text={t('newCode.text')}
          confirm={t('newCode.confirm')}
          close={() => setAsking(false)}
          request={async () => {
            const changed = await renewCode(call, team.id);
            setAsking(false);
            toast(t('newCode.done'));
            onChanged(changed);
          }}
        />
      )}
    </>
  );
}
