import { clsx } from 'clsx';
import type { Connection } from './use-live-seats';

const WORDS: Record<Connection, string> = { connecting: '', live: 'Live', lost: 'Connection lost, still trying' };

/** Whether the figures on this page move by themselves at the moment. */
export function ConnectionLine({ connection }: { connection: Connection }) {
  return (
    <p
      role="status"
      className={clsx(
        'flex min-h-6 items-center gap-1.5 text-sm',
        connection === 'lost' ? 'text-closed font-semibold' : 'text-muted',
      )}
    >
      {connection !== 'connecting' && (
        <span
          aria-hidden="true"
          className={clsx(
            'size-2',
            connection === 'live' ? 'rounded-full bg-open' : 'animate-breathe rotate-45 bg-closed',
          )}
        />
      )}
      {WORDS[connection]}
    </p>
  );
}
