import type { ReactNode } from 'react';
import { SeatGrid } from '@/components/seats/seat-grid';
import { ClientTexts } from '@/lib/i18n/client-texts';

/** Layout of the account forms: the form on the left, an illustration on the right of wide screens. */
export function AccountPage({
  title,
  intro,
  about,
  children,
}: {
  title: string;
  intro?: ReactNode;
  /** What the account is needed for. */
  about?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="grid items-center gap-x-20 lg:grid-cols-[minmax(0,26rem)_1fr] lg:py-6">
      <div>
        {about && <div className="mb-6">{about}</div>}
        <h1 className="text-2xl">{title}</h1>
        {intro && <div className="mt-2 text-muted">{intro}</div>}
        <div className="mt-7">
          <ClientTexts of={['accounts', 'validation']}>{children}</ClientTexts>
        </div>
      </div>
      <div className="justify-self-end max-lg:hidden">
        <SeatGrid capacity={240} seatsLeft={87} size="panel" mine />
      </div>
    </div>
  );
}
