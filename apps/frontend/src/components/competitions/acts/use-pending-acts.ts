'use client';

import type { PendingActs } from '@mini-compete/shared/pending-acts';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { call } from '@/lib/api/client';
import { getPendingActs } from '@/lib/api/competitions';

/** An act of another manager has to be seen while it can be undone. */
const INTERVAL_MS = 2_500;

/** The acts of the page, and from then on those of the API. When one is done or undone, the page is refetched. */
export function usePendingActs(competitionId: string, initial: PendingActs): PendingActs {
  const router = useRouter();
  const [acts, setActs] = useState(initial);
  const [known, setKnown] = useState(initial);
  if (initial !== known) {
    setKnown(initial);
    setActs(initial);
  }
  useEffect(() => {
    const controller = new AbortController();
    const read = async () => {
      if (document.visibilityState !== 'visible') return;
      // Without a connection the last ones stay; the next reading corrects them.
      const next = await getPendingActs(call, competitionId, controller.signal).catch(() => null);
      if (next === null || controller.signal.aborted) return;
      setActs((current) => {
        const isSame = idsOf(current) === idsOf(next);
        if (!isSame) queueMicrotask(() => router.refresh());
        return next;
      });
    };
    const timer = setInterval(read, INTERVAL_MS);
    return () => {
      clearInterval(timer);
      controller.abort();
    };
  }, [router, competitionId]);
  return acts;
}

const idsOf = ({ items }: PendingActs) => items.map(({ id, state }) => `${id} ${state}`).join();
