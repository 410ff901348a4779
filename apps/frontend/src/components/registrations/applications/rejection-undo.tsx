import { UNDO_SECONDS } from '@mini-compete/shared/undo';
import { Undo2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { useFormats, useTexts } from '#texts';
import { MANAGE_TITLE_ID } from '@/components/competitions/acts/manage-title';
import { NativeButton } from '@/components/ui/native';
import { Spinner } from '@/components/ui/spinner';
import { useToast } from '@/components/ui/toast';
import { call } from '@/lib/api/client';
import { reinstate } from '@/lib/api/registrations';
import { useBottomBarInset } from '@/lib/hooks/use-bottom-bar-inset';
import { newIdempotencyKey } from '@/lib/idempotency-key';
import type { InboxCompetition } from './inbox-competition';
import type { Outcome } from './use-decide';

type Props = { competition: InboxCompetition; outcome: Outcome | null };

/** While the messages about rejections wait, they can be taken back, and nobody reads about them. */
export function RejectionUndo({ competition, outcome }: Props) {
  const t = useTexts('applications');
  const inset = useBottomBarInset();
  const rejected = outcome?.items.filter(({ result }) => result === 'REJECTED') ?? [];
  const [now, setNow] = useState(0);
  const [known, setKnown] = useState<{ outcome: Outcome | null; begin: number }>({ outcome: null, begin: 0 });
  if (known.outcome !== outcome) setKnown({ outcome, begin: Date.now() });
  const seconds = UNDO_SECONDS - Math.floor((Math.max(now, known.begin) - known.begin) / 1000);
  const isShown = rejected.length > 0 && seconds > 0;
  useEffect(() => {
    if (!isShown) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [isShown]);
  return (
    <>
      {/* Announced once: a live region with the countdown in it would speak every second. */}
      <p role="status" className="sr-only">
        {isShown && t('undo.announce', { count: rejected.length, seconds: UNDO_SECONDS, who: competition.who })}
      </p>
      {isShown && (
        <section
          ref={inset}
          aria-label={t('undo.label')}
          className="no-print pointer-events-none fixed inset-x-0 bottom-0 z-30 flex justify-center p-4 sm:pb-6"
        >
          <Bar competition={competition} rejected={rejected} seconds={seconds} />
        </section>
      )}
    </>
  );
}

type BarProps = { competition: InboxCompetition; rejected: Outcome['items']; seconds: number };

function Bar({ competition, rejected, seconds }: BarProps) {
  const t = useTexts('applications');
  const { number } = useFormats();
  const router = useRouter();
  const toast = useToast();
  const [state, setState] = useState<'waiting' | 'busy' | 'undone'>('waiting');
  const undo = async () => {
    setState('busy');
    let failed = 0;
    // One after the other: each takes the lock of the competition.
    for (const { id } of rejected)
      await reinstate(call, competition.id, id, newIdempotencyKey()).catch(() => {
        failed += 1;
      });
    setState('undone');
    toast(failed > 0 ? t('undo.failed', { count: failed }) : t('undo.undone', { count: rejected.length }));
    // The bar disappears with the focus in it.
    document.getElementById(MANAGE_TITLE_ID)?.focus();
    router.refresh();
  };
  if (state === 'undone') return null;
  return (
    <div className="pointer-events-auto flex w-full max-w-2xl animate-rise items-center justify-between gap-4 rounded-lg border border-transparent bg-ink py-3 ps-5 pe-3 text-surface shadow-float max-sm:flex-col max-sm:items-stretch max-sm:gap-2 max-sm:ps-3">
      <p className="min-w-0 text-sm wrap-break-word max-sm:px-2">
        <span className="block text-base font-semibold">
          {t('undo.title', { count: rejected.length, name: rejected[0]?.name ?? '', who: competition.who })}
        </span>
        <span role="timer" className="tabular">
          {t(rejected.length === 1 ? 'undo.in' : 'undo.inMany', { seconds: number(seconds) })}
        </span>
      </p>
      <NativeButton
        aria-disabled={state === 'busy' || undefined}
        onClick={() => state === 'waiting' && void undo()}
        className="inline-flex min-h-11 shrink-0 items-center justify-center gap-2 rounded-md border border-surface/40 px-4 font-semibold hover:border-surface hover:bg-surface/10 focus-visible:outline-surface"
      >
        {state === 'busy' ? <Spinner /> : <Undo2 aria-hidden="true" className="size-4 rtl:-scale-x-100" />}
        {t('undo.undo')}
      </NativeButton>
    </div>
  );
}
