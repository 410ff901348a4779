'use client';

import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  waitlisted: boolean;
  othersWaitlisted: boolean;
  confirm: () => void;
};

/** Confirmation with the consequences of leaving. */
export function LeaveDialog({ open, onOpenChange, title, waitlisted, othersWaitlisted, confirm }: Props) {
  const t = useTexts('registrations');
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t(waitlisted ? 'leave.questionWaitlist' : 'leave.question')}
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>{t(waitlisted ? 'leave.stay' : 'leave.keep')}</Button>
          <Button tone="danger" onClick={confirm}>
            {t(waitlisted ? 'leave.confirmWaitlist' : 'leave.confirm')}
          </Button>
        </>
      }
    >
      <p>{t(waitlisted ? 'leave.waitlist' : othersWaitlisted ? 'leave.seatToNext' : 'leave.seatFree', { title })}</p>
      <p className="text-muted">{t('leave.again')}</p>
    </Dialog>
  );
}
