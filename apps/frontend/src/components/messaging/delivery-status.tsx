import type { Delivery, MailboxMessage } from '@mini-compete/shared/mailbox';
import { clsx } from 'clsx';
import { LocalTime } from '@/components/ui/local-time';

/** Completed steps of three, and the text of the status. */
const STATUSES: Record<Delivery, { steps: number; text: string; failed?: boolean }> = {
  mailbox: { steps: 0, text: 'In this mailbox only' },
  queued: { steps: 1, text: 'Waits to be sent' },
  sending: { steps: 2, text: 'Is being sent' },
  sent: { steps: 3, text: 'Sent' },
  failed: { steps: 2, text: 'Could not be sent', failed: true },
  unknown: { steps: 2, text: 'Perhaps sent', failed: true },
};

function Dots({ delivery }: { delivery: Delivery }) {
  const { steps, failed = false } = STATUSES[delivery];
  return (
    <span aria-hidden="true" className="inline-flex gap-1">
      {[1, 2, 3].map((step) => (
        <span
          key={step}
          className={clsx(
            'size-1.5 rounded-full border',
            step <= steps ? 'border-success bg-success' : 'border-line-strong',
            failed && step === 3 && 'border-error bg-error',
          )}
        />
      ))}
    </span>
  );
}

/** For lists. The text of "sent" is for screen readers only. */
export function DeliveryStatus({ delivery }: { delivery: Delivery }) {
  if (delivery === 'mailbox') return null;
  return (
    <span className="inline-flex items-center gap-2 text-xs">
      {delivery !== 'sent' && STATUSES[delivery].text}
      {delivery === 'sent' && <span className="sr-only">{STATUSES.sent.text}</span>}
      <Dots delivery={delivery} />
    </span>
  );
}

/** For a single message: each step with its time. */
export function DeliveryDetails({ message }: { message: MailboxMessage }) {
  const { delivery, createdAt, sendingAt, sentAt } = message;
  if (delivery === 'mailbox')
    return <p className="text-sm text-muted">In this mailbox only: no mail server is set up here.</p>;
  const steps: [string, string | null][] = [
    ['Written', createdAt],
    ['Going out', sendingAt],
    ['Taken by the mail server', sentAt],
  ];
  return (
    <div className="text-sm text-muted">
      <p className="flex items-center gap-2.5 font-semibold">
        <Dots delivery={delivery} /> By mail: {STATUSES[delivery].text.toLowerCase()}
      </p>
      <dl className="tabular mt-2 grid grid-cols-[max-content_1fr] gap-x-6 gap-y-0.5">
        {steps.map(
          ([step, at]) =>
            at && (
              <div key={step} className="contents">
                <dt>{step}</dt>
                <dd>
                  <LocalTime iso={at} />
                </dd>
              </div>
            ),
        )}
      </dl>
    </div>
  );
}
