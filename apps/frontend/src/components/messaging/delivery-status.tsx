import type { Delivery, MailboxMessage } from '@mini-compete/shared/mailbox';
import { clsx } from 'clsx';
import { LocalTime } from '@/components/ui/local-time';

/** How far a message has come by mail, of three steps; and the word for it. */
const WAYS: Record<Delivery, { steps: number; word: string; broken?: boolean }> = {
  mailbox: { steps: 0, word: 'In this mailbox only' },
  queued: { steps: 1, word: 'Waits to be sent' },
  sending: { steps: 2, word: 'Is being sent' },
  sent: { steps: 3, word: 'Sent' },
  failed: { steps: 2, word: 'Could not be sent', broken: true },
  unknown: { steps: 2, word: 'Perhaps sent', broken: true },
};

function Dots({ delivery }: { delivery: Delivery }) {
  const { steps, broken = false } = WAYS[delivery];
  return (
    <span aria-hidden="true" className="inline-flex gap-1">
      {[1, 2, 3].map((step) => (
        <span
          key={step}
          className={clsx(
            'size-1.5 rounded-full border',
            step <= steps ? 'border-open bg-open' : 'border-line-strong',
            broken && step === 3 && 'border-closed bg-closed',
          )}
        />
      ))}
    </span>
  );
}

/** In a list: the dots, and the word for those who do not see them. */
export function DeliveryMark({ delivery }: { delivery: Delivery }) {
  if (delivery === 'mailbox') return null;
  return (
    <span className="inline-flex items-center gap-2 text-xs">
      {delivery !== 'sent' && WAYS[delivery].word}
      {delivery === 'sent' && <span className="sr-only">{WAYS.sent.word}</span>}
      <Dots delivery={delivery} />
    </span>
  );
}

/** Under a message: each step with its time. */
export function DeliveryWay({ message }: { message: MailboxMessage }) {
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
        <Dots delivery={delivery} /> By mail: {WAYS[delivery].word.toLowerCase()}
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
