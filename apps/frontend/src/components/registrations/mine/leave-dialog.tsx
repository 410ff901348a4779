'use client';

import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';

type Props = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  waiting: boolean;
  othersWait: boolean;
  confirm: () => void;
};

/** Names what leaving does, before it does. */
export function LeaveQuestion({ open, onOpenChange, title, waiting, othersWait, confirm }: Props) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={waiting ? 'Leave the line?' : `Give your seat back?`}
      actions={
        <>
          <Button onClick={() => onOpenChange(false)}>{waiting ? 'Stay in line' : 'Keep my seat'}</Button>
          <Button tone="danger" onClick={confirm}>
            {waiting ? 'Leave the line' : 'Leave'}
          </Button>
        </>
      }
    >
      <p>{effect(title, waiting, othersWait)}</p>
      <p className="text-muted">You may register again later; you would then stand at the end of the line.</p>
    </Dialog>
  );
}

export function effect(title: string, waiting: boolean, othersWait: boolean): string {
  if (waiting) return `You give up your place in the line for “${title}”. Those behind you move up.`;
  return othersWait
    ? `Your seat in “${title}” goes to the first person in line, at once and for good.`
    : `Your seat in “${title}” becomes free for whoever registers next.`;
}
