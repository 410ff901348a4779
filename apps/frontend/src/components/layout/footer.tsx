import Link from 'next/link';
import { SeatGrid } from '@/components/seats/seat-grid';
import type { Theme } from '@/lib/preferences';
import { ThemeSwitch } from './theme-switch';

export function Footer({ theme }: { theme: Theme }) {
  return (
    <footer className="no-print mt-auto border-t border-line">
      <div className="shell flex flex-wrap items-center gap-x-8 gap-y-4 py-6 text-sm text-muted">
        <SeatGrid capacity={40} seatsLeft={33} size="row" decorative className="max-sm:hidden max-w-40!" />
        <p>Registration that never sells a seat twice.</p>
        <nav aria-label="Further" className="ms-auto flex items-center gap-6">
          <Link href="/competitions" className="link">
            Competitions
          </Link>
          <a href="/api/docs" className="link">
            API
          </a>
          <ThemeSwitch initial={theme} name="theme-footer" />
        </nav>
      </div>
    </footer>
  );
}
