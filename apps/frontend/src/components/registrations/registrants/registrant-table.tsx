'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import type { Entrant } from '@mini-compete/shared/registrations';
import type { EndReason } from '@mini-compete/shared/seats';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { State } from '@/components/ui/state';
import { type Column, Table } from '@/components/ui/table';
import { RemoveQuestion } from './remove-dialog';

const WHY: Record<EndReason, string> = {
  LEFT: 'Left',
  REMOVED: 'Removed',
  COMPETITION_CANCELLED: 'Competition cancelled',
};

export type EntrantStatus = 'seated' | 'waiting' | 'ended';

type Props = { competition: Competition; status: EntrantStatus; entrants: readonly Entrant[] };

export function EntrantTable({ competition, status, entrants }: Props) {
  const [asked, setAsked] = useState<Entrant | null>(null);
  const columns = [...columnsOf(status), ...(status === 'ended' ? [] : [removing(setAsked)])];
  return (
    <>
      <Table
        caption={`People in ${competition.title}`}
        columns={columns}
        rows={entrants}
        keyOf={({ registrationId }) => registrationId}
      />
      <RemoveQuestion competition={competition} entrant={asked} close={() => setAsked(null)} />
    </>
  );
}

function columnsOf(status: EntrantStatus): Column<Entrant>[] {
  const person: Column<Entrant> = {
    key: 'person',
    head: 'Name',
    primary: true,
    cell: ({ name, email }) => (
      <span className="min-w-0">
        <span className="block font-semibold">{name}</span>
        <span className="block text-muted">{email}</span>
      </span>
    ),
  };
  const since: Column<Entrant> = {
    key: 'since',
    head: 'Registered',
    cell: ({ registeredAt }) => <LocalTime iso={registeredAt} style="short" />,
  };
  switch (status) {
    case 'waiting':
      return [
        {
          key: 'position',
          head: 'Place in line',
          numeric: true,
          cell: ({ position }) => position?.toLocaleString('en'),
        },
        person,
        { ...since, head: 'In line since' },
      ];
    case 'ended':
      return [
        person,
        since,
        { key: 'ended', head: 'Ended', cell: ({ endedAt }) => endedAt && <LocalTime iso={endedAt} style="short" /> },
        {
          key: 'why',
          head: 'Why',
          cell: ({ endReason, removalReason }) => (
            <span>
              {endReason && WHY[endReason]}
              {removalReason && <span className="block text-muted">“{removalReason}”</span>}
            </span>
          ),
        },
      ];
    case 'seated':
      return [
        person,
        {
          key: 'state',
          head: 'State',
          cell: ({ status: now, promotedAt }) => (
            <span className="flex flex-wrap gap-x-3">
              <State tone="open" shape={now === 'CONFIRMED' ? 'tick' : 'half'}>
                {now === 'CONFIRMED' ? 'Confirmed' : 'Confirmation on its way'}
              </State>
              {promotedAt && <span className="text-muted">from the line</span>}
            </span>
          ),
        },
        since,
      ];
  }
}

const removing = (ask: (entrant: Entrant) => void): Column<Entrant> => ({
  key: 'remove',
  head: <span className="sr-only">Remove</span>,
  numeric: true,
  className: 'no-print',
  cell: (entrant) => (
    <Button size="sm" onClick={() => ask(entrant)} aria-label={`Remove ${entrant.name}`}>
      Remove
    </Button>
  ),
});
