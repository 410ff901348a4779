import { SeatGrid } from './seat-grid';

/** The logo is the seat grid of a small competition: nine seats, two of them free, one of them yours. */
export const LOGO = { capacity: 9, seatsLeft: 2, mine: true } as const;

export function Logo() {
  return (
    <span className="inline-flex items-center gap-2.5">
      <SeatGrid {...LOGO} size="logo" className="shrink-0" />
      {/* On the narrowest screens there is only room for the picture beside a long "Sign in". */}
      <span className="font-heading text-lg font-semibold tracking-tight whitespace-nowrap max-[22.4375rem]:hidden">
        Mini Compete
      </span>
    </span>
  );
}
