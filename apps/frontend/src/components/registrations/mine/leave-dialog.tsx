'use client';

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
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={waitlisted ? 'Leave the line?' : `Give your seat back?`}
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>{waitlisted ? 'Stay in line' : 'Keep my seat'}</Button>
          <Button tone="danger" onClick={confirm}>
            {waitlisted ? 'Leave the line' : 'Leave'}
          </Button>
        </>
      }
    >
      <p>{consequences(title, waitlisted, othersWaitlisted)}</p>
      <p className="text-muted">You may register again later; you would then stand at the end of the line.</p>
    </Dialog>
  );
}

function consequences(title: string, waitlisted: boolean, othersWaitlisted: boolean): string {
  if (waitlisted) return `You give up your place in the line for “${title}”. Those behind you move up.`;
  return othersWaitlisted
    ? `Your seat in “${title}” goes to the first person in line, at once and for good.`
    : `Your seat in “${title}” becomes free for whoever registers next.`;
}
