import { useFormats, useTexts } from '#texts';
import type { InboxCompetition } from './inbox-competition';
import type { Outcome } from './use-decide';

/** A sentence about what was decided: "37 people have a seat, 3 people are on the waitlist". */
export function useOutcomeText(who: InboxCompetition['who']): (outcome: Outcome) => string {
  const t = useTexts('applications');
  const { list } = useFormats();
  return ({ items }) => {
    const count = (result: string | undefined) => items.filter((item) => item.result === result).length;
    const parts = [
      { text: 'done.seats', count: count('PENDING') },
      { text: 'done.holds', count: count('HELD') },
      { text: 'done.places', count: count('WAITLISTED') },
      { text: 'done.rejected', count: count('REJECTED') },
      { text: 'done.problems', count: count(undefined) },
    ] as const;
    return list(parts.filter((part) => part.count > 0).map((part) => t(part.text, { count: part.count, who })));
  };
}
