import { acceptInOrder, effectOf, notifiedBy } from '@mini-compete/shared/application-rules';
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
import { type Decided, type Outcome, seatsNeeded, useDecide } from './use-decide';

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
  const needed = seatsNeeded(applications);
  const { who } = competition;
  const results = acceptInOrder(needed, room);
  const effect = effectOf(results);
  const people = (one: Decided) => one.team?.members.length ?? 1;
  const notified = applications.filter((_, n) => decision === 'WAITLIST' || results[n] !== 'APPLIED');
  const messages = notified.reduce((sum, one) => sum + people(one), 0);
  /** Somebody fits into what is free, and gets that in the place of the waitlist. */
  const fits = Math.min(...needed) <= room.free;
  const isPossible = decision === 'REJECT' || (decision === 'ACCEPT' ? notifiedBy(effect) > 0 : room.waitlist && !fits);
  const confirm = async () => {
    const outcome = await decide(decision, applications, decision === 'REJECT' ? reason.trim() || null : null);
    if (outcome) close(outcome);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close(null)}
      title={t(`dialog.${kind}Title`, { count, name: applications[0]?.name ?? '', who })}
      actions={
        <>
          <Button onClick={() => close(null)}>{common(isPossible ? 'cancel' : 'close')}</Button>
          {isPossible && (
            <Button tone={decision === 'REJECT' ? 'danger' : 'primary'} busy={busy} onClick={() => void confirm()}>
              {t(`dialog.${kind}Confirm`, { count, who })}
            </Button>
          )}
        </>
      }
    >
      {decision === 'ACCEPT' && (
        <AcceptEffect effect={effect} hours={competition.confirmWithinHours} who={who} people={messages} />
      )}
      {decision === 'WAITLIST' &&
        (isPossible ? (
          <AcceptEffect
            effect={{ seats: 0, holds: 0, places: count, undecided: 0 }}
            hours={null}
            who={who}
            people={messages}
          />
        ) : (
          <p>{fits ? t('dialog.free', { free: room.free }) : t('dialog.closed')}</p>
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
