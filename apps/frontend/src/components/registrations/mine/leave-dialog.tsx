'use client';

import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import type { Standing } from './standing';

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  standing: Standing;
  othersWaitlisted: boolean;
  confirm: () => void;
};

/** Confirmation with the consequences of leaving. */
export function LeaveDialog({ open, onOpenChange, title, standing, othersWaitlisted, confirm }: Props) {
  const t = useTexts('registrations');
  const toNext = standing === 'seat' && othersWaitlisted;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t(`leave.question.${standing}`)}
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>{t(`leave.keep.${standing}`)}</Button>
          <Button tone="danger" onClick={confirm}>
            {t(`leave.confirm.${standing}`)}
          </Button>
        </>
      }
    >
      <p>{t(toNext ? 'leave.seatToNext' : `leave.effect.${standing}`, { title })}</p>
      <p className="text-muted">{t(standing === 'application' ? 'leave.applyAgain' : 'leave.again')}</p>
    </Dialog>
  );
}
