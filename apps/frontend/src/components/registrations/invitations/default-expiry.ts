import { useEffect } from 'react';
import { toLocal } from '@/components/competitions/editing/form-values';

const DAY_MS = 86_400_000;

/**
 * In so many days at the end of the day, at most at the start. Set after hydration, because the server does not know the
 * reader's clock.
 */
export function useDefaultExpiry(days: number, startDate: string | null, setValue: (local: string) => void): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, because it would replace what the person has chosen
  useEffect(() => {
    const end = new Date(Date.now() + days * DAY_MS);
    end.setHours(23, 59, 0, 0);
    const start = startDate === null ? null : new Date(startDate);
    setValue(toLocal((start !== null && start < end ? start : end).toISOString()));
  }, []);
}
