'use client';

import type { PendingAct, PendingActKind, PendingActs } from '@mini-compete/shared/pending-acts';
import { UNDO_SECONDS } from '@mini-compete/shared/undo';
import { Undo2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { useFormats, useTexts } from '#texts';
import { NativeButton } from '@/components/ui/native';
import { Spinner } from '@/components/ui/spinner';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { undoAct } from '@/lib/api/competitions';
import { isApiError } from '@/lib/api/problem';
import { useSubmit } from '@/lib/forms/use-submit';
import { useBottomBarInset } from '@/lib/hooks/use-bottom-bar-inset';
import { useServerNow } from '@/lib/hooks/use-server-now';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import { MANAGE_TITLE_ID } from './manage-title';
import { UNDO_BAR_ID } from './undo-bar-id';
import { usePendingActs } from './use-pending-acts';

/** Parts of the keys of texts. */
const NAMES = {
  REMOVAL: 'Removal',
  CANCELLATION: 'Cancellation',
  ANNOUNCEMENT: 'Announcement',
  NO_SHOWS: 'NoShows',
} as const satisfies Record<PendingActKind, string>;
const KEYS = {
  REMOVAL: 'removal',
  CANCELLATION: 'cancellation',
  ANNOUNCEMENT: 'announcement',
  NO_SHOWS: 'noShows',
} as const satisfies Record<PendingActKind, string>;

/** At the bottom of the screen while something can be undone, wherever the page is scrolled to. */
export function UndoBar({ competitionId, initial }: { competitionId: string; initial: PendingActs }) {
  const t = useTexts('acts');
  const { items, serverTime } = usePendingActs(competitionId, initial);
  const inset = useBottomBarInset();
  const newest = items.findLast(({ state }) => state === 'PENDING');
  return (
    <>
      {/* Announced once: a live region with the countdown in it would speak every second. */}
      <p role="status" className="sr-only">
        {newest && t(`announce${NAMES[newest.kind]}`, { count: newest.count, seconds: UNDO_SECONDS })}
      </p>
      {/* The next press of Tab reaches the button, also of an act that appears in a moment. */}
      <div id={UNDO_BAR_ID} tabIndex={-1} />
      {items.length > 0 && (
        <section
          ref={inset}
          aria-label={t('label')}
          className="no-print pointer-events-none fixed inset-x-0 bottom-0 z-30 flex flex-col items-center gap-2 p-4 sm:pb-6"
        >
          {items.map((pending) => (
            <Act key={pending.id} competitionId={competitionId} pending={pending} serverTime={serverTime} />
          ))}
        </section>
      )}
    </>
  );
}

type ActProps = { competitionId: string; pending: PendingAct; serverTime: string };

function Act({ competitionId, pending, serverTime }: ActProps) {
  const t = useTexts('acts');
  const { number } = useFormats();
  const { kind, count, actor, state, dueAt } = pending;
  const { now } = useServerNow(serverTime);
  const seconds = Math.min(UNDO_SECONDS, Math.ceil((Date.parse(dueAt) - now) / 1000));
  return (
    <div className="pointer-events-auto relative w-full max-w-2xl animate-rise overflow-hidden rounded-lg border border-transparent bg-ink text-surface shadow-float">
      <div className="flex items-center justify-between gap-4 py-3 ps-5 pe-3 max-sm:flex-col max-sm:items-stretch max-sm:gap-2 max-sm:ps-3">
        <p className="min-w-0 text-sm wrap-break-word max-sm:px-2">
          <span className="block text-base font-semibold">{t(KEYS[kind], { count })}</span>
          {state === 'RUNNING' ? (
            t('running')
          ) : (
            <>
              <span role="timer" className="tabular">
                {seconds > 0 ? t('in', { seconds: number(seconds) }) : t('soon')}
              </span>
              {actor.name && <bdi> · {t('by', { name: actor.name })}</bdi>}
            </>
          )}
        </p>
        {state === 'PENDING' ? <UndoButton competitionId={competitionId} pending={pending} /> : <Spinner />}
      </div>
      {state === 'PENDING' && <TimeLeft share={Math.max(0, seconds) / UNDO_SECONDS} />}
    </div>
  );
}

/** Drawn beside the seconds in words. */
function TimeLeft({ share }: { share: number }) {
  return (
    <span
      aria-hidden="true"
      className="absolute inset-x-0 bottom-0 h-1 origin-left bg-surface/60 transition-transform duration-1000 ease-linear rtl:origin-right motion-reduce:transition-none"
      style={{ transform: `scaleX(${share})` }}
    />
  );
}

function UndoButton({ competitionId, pending: { id, kind } }: Omit<ActProps, 'serverTime'>) {
  const t = useTexts('acts');
  const router = useRouter();
  const toast = useToast();
  const key = useRef('');
  const [isUndone, setUndone] = useState(false);
  const { busy, run } = useSubmit();
  const undo = () =>
    run(async () => {
      key.current ||= newIdempotencyKey();
      try {
        await undoAct(call, competitionId, id, key.current);
        setUndone(true);
        toast(t(`undone${NAMES[kind]}`));
      } catch (error) {
        if (isApiError(error)) toast(error.title);
        throw error;
      }
      // The bar disappears with the focus in it.
      document.getElementById(MANAGE_TITLE_ID)?.focus();
      router.refresh();
    });
  return (
    <NativeButton
      aria-disabled={busy || isUndone || undefined}
      onClick={() => !busy && !isUndone && void undo()}
      className="inline-flex min-h-11 shrink-0 items-center justify-center gap-2 rounded-md border border-surface/40 px-4 font-semibold hover:border-surface hover:bg-surface/10 focus-visible:outline-surface"
    >
      {busy ? <Spinner /> : <Undo2 aria-hidden="true" className="size-4 rtl:-scale-x-100" />}
      {t('undo')}
    </NativeButton>
  );
}
