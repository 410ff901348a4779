'use client';

import type { Session } from '@mini-compete/shared/auth';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { LocalTime } from '@/components/ui/local-time';
import { StatusLabel } from '@/components/ui/status-label';
import { useToast } from '@/components/ui/toast';
import { endSession } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';
import { useSubmit } from '@/lib/forms/use-submit';

export function SessionList({ sessions }: { sessions: readonly Session[] }) {
  const router = useRouter();
  const toast = useToast();
  const [selected, setSelected] = useState<Session | null>(null);
  const { busy, failure, run } = useSubmit();
  const end = (session: Session) =>
    run(async () => {
      await endSession(call, session.id);
      setSelected(null);
      toast(`The session on ${session.device} has ended.`);
      router.refresh();
    });
  return (
    <>
      <ul className="divide-y divide-line border-y border-line">
        {sessions.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-4">
            <div>
              <p className="flex flex-wrap items-center gap-x-3 font-semibold">
                {session.device}
                {session.current && (
                  <StatusLabel tone="success" shape="disc">
                    This one
                  </StatusLabel>
                )}
              </p>
              <p className="text-sm text-muted">
                {session.address}, last used <LocalTime iso={session.lastUsedAt} />
              </p>
              <p className="text-sm text-muted">
                since <LocalTime iso={session.createdAt} />
              </p>
            </div>
            {!session.current && (
              <Button
                size="sm"
                onClick={() => setSelected(session)}
                aria-label={`End the session on ${session.device}`}
              >
                End
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Dialog
        open={selected !== null}
        onOpenChange={(open) => !open && setSelected(null)}
        title={`End the session on ${selected?.device ?? ''}?`}
        actions={
          <>
            <Button onClick={() => setSelected(null)}>Keep it</Button>
            <Button tone="danger" busy={busy} onClick={() => selected && void end(selected)}>
              End the session
            </Button>
          </>
        }
      >
        <p>Whoever uses it is signed out at once and needs the password to come back.</p>
        {failure && (
          <p role="alert" className="text-error">
            {failure.title}
          </p>
        )}
      </Dialog>
    </>
  );
}
