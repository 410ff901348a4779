import { acceptEffect, notifiedBy } from '@mini-compete/shared/application-rules';
import type { Decision, Room } from '@mini-compete/shared/applications';
import { UNDO_SECONDS } from '@mini-compete/shared/undo';
import { useState } from 'react';
import { useTexts } from '#texts';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { AcceptEffect } from './accept-effect';
import type { InboxCompetition } from './inbox-competition';
import { type Decided, type Outcome, useDecide } from './use-decide';

type Props = {
  competition: InboxCompetition;
  decision: Decision;
  applications: readonly Decided[];
  room: Room;
  /** Null: nothing was decided. */
  close: (outcome: Outcome | null) => void;
};

/** States what the decision does before it is made. */
export function DecideDialog({ competition, decision, applications, room, close }: Props) {
  const t = useTexts('applications');
  const common = useTexts('common');
  const [reason, setReason] = useState('');
  const { busy, failure, decide } = useDecide(competition.id);
  const count = applications.length;
  const kind = ({ ACCEPT: 'accept', WAITLIST: 'waitlist', REJECT: 'reject' } as const)[decision];
  const effect = acceptEffect(count, room);
  const isPossible =
    decision === 'REJECT' || (decision === 'ACCEPT' ? notifiedBy(effect) > 0 : room.waitlist && room.free === 0);
  const confirm = async () => {
    const outcome = await decide(decision, applications, decision === 'REJECT' ? reason.trim() || null : null);
    if (outcome) close(outcome);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close(null)}
      title={t(`dialog.${kind}Title`, { count, name: applications[0]?.name ?? '' })}
      actions={
        <>
          <Button onClick={() => close(null)}>{common(isPossible ? 'cancel' : 'close')}</Button>
          {isPossible && (
            <Button tone={decision === 'REJECT' ? 'danger' : 'primary'} busy={busy} onClick={() => void confirm()}>
              {t(`dialog.${kind}Confirm`, { count })}
            </Button>
          )}
        </>
      }
    >
      {decision === 'ACCEPT' && <AcceptEffect effect={effect} hours={competition.confirmWithinHours} />}
      {decision === 'WAITLIST' &&
        (isPossible ? (
          <AcceptEffect effect={{ seats: 0, holds: 0, places: count, undecided: 0 }} hours={null} />
        ) : (
          <p>{room.free > 0 ? t('dialog.free', { free: room.free }) : t('dialog.closed')}</p>
        ))}
      {decision === 'REJECT' && (
        <form
          method="post"
          onSubmit={(event) => {
            event.preventDefault();
            if (!busy) void confirm();
          }}
          className="flex flex-col gap-3"
        >
          <p>{t('dialog.rejectEffect', { count, seconds: UNDO_SECONDS })}</p>
          <Field
            id="rejection-reason"
            optional
            label={t('dialog.reason')}
            help={t('dialog.reasonHelp', { count })}
            error={failure?.fields.get('decisions.0.reason')}
          >
            {(control) => (
              <Input
                {...control}
                className="[unicode-bidi:plaintext]"
                value={reason}
                maxLength={500}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
        </form>
      )}
      {failure && failure.fields.size === 0 && (
        <p role="alert" className="font-semibold text-error">
          {failure.titleWithDetail}
        </p>
      )}
    </Dialog>
  );
}
