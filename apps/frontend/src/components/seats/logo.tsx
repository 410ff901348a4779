import { SeatField } from './seat-field';

/** The mark of the house is a small competition: nine seats, two still free, one of them yours. */
export const LOGO = { capacity: 9, seatsLeft: 2, mine: true } as const;

export function Logo() {
  return (
    <span className="inline-flex items-center gap-2.5">
      <SeatField {...LOGO} size="logo" decorative className="shrink-0" />
      <span className="font-heading text-lg font-semibold tracking-tight whitespace-nowrap">Mini Compete</span>
    </span>
  );
}
