import type { ReactNode } from 'react';
import { SeatField } from '@/components/seats/seat-field';

/** A short form on the left; on wide screens a hall that is filling on the right. */
export function AccountPage({ title, intro, children }: { title: string; intro?: ReactNode; children: ReactNode }) {
  return (
    <div className="grid items-center gap-x-20 lg:grid-cols-[minmax(0,26rem)_1fr] lg:py-6">
      <div>
        <h1 className="text-2xl">{title}</h1>
        {intro && <div className="mt-2 text-muted">{intro}</div>}
        <div className="mt-7">{children}</div>
      </div>
      <div className="justify-self-end max-lg:hidden">
        <SeatField capacity={240} seatsLeft={87} size="field" mine decorative />
      </div>
    </div>
  );
}
