'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { statusAt } from '@/components/competitions/catalog/status';
import type { Seats } from './use-live-seats';

/** A crowd that looks on must not ask all at once. */
const SPREAD = 2500;

/**
 * The stream tells of seats, not of dates and not of how many seats there are. Where what it says does not
 * follow from the competition as it was read, its organizer has changed it: the page is read anew.
 */
export function useReadAnew(read: Competition, seats: Seats): void {
  const router = useRouter();
  const { status, seatsLeft, serverTime } = seats;
  const follows =
    seatsLeft <= read.capacity && status === statusAt({ ...read, status, seatsLeft }, Date.parse(serverTime));
  useEffect(() => {
    if (follows) return;
    const timer = setTimeout(() => router.refresh(), Math.random() * SPREAD);
    return () => clearTimeout(timer);
  }, [follows, router]);
}
