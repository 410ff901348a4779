'use client';

import type { Competition } from '@mini-compete/shared/competitions';
import type { Registrant } from '@mini-compete/shared/registrations';
import type { EndReason } from '@mini-compete/shared/seats';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { LocalTime } from '@/components/ui/local-time';
import { StatusLabel } from '@/components/ui/status-label';
import { type Column, Table } from '@/components/ui/table';
import { RemoveDialog } from './remove-dialog';

const END_REASONS: Record<EndReason, string> = {
  LEFT: 'Left',
  REMOVED: 'Removed',
  COMPETITION_CANCELLED: 'Competition cancelled',
};

export type RegistrantGroup = 'seated' | 'waiting' | 'ended';

type Props = { competition: Competition; group: RegistrantGroup; registrants: readonly Registrant[] };

export function RegistrantTable({ competition, group, registrants }: Props) {
  const [selected, setSelected] = useState<Registrant | null>(null);
  const columns = [...columnsOf(group), ...(group === 'ended' ? [] : [removeColumn(setSelected)])];
  return (
    <>
      <Table
        caption={`People in ${competition.title}`}
        columns={columns}
        rows={registrants}
        keyOf={({ registrationId }) => registrationId}
      />
      <RemoveDialog competition={competition} registrant={selected} close={() => setSelected(null)} />
    </>
  );
}

function columnsOf(group: RegistrantGroup): Column<Registrant>[] {
  const person: Column<Registrant> = {
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
  const since: Column<Registrant> = {
    key: 'since',
    head: 'Registered',
    cell: ({ registeredAt }) => <LocalTime iso={registeredAt} style="short" />,
  };
  switch (group) {
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
              {endReason && END_REASONS[endReason]}
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
          cell: ({ status, promotedAt }) => (
            <span className="flex flex-wrap gap-x-3">
              <StatusLabel tone="success" shape={status === 'CONFIRMED' ? 'tick' : 'half'}>
                {status === 'CONFIRMED' ? 'Confirmed' : 'Confirmation on its way'}
              </StatusLabel>
              {promotedAt && <span className="text-muted">from the line</span>}
            </span>
          ),
        },
        since,
      ];
  }
}

const removeColumn = (select: (registrant: Registrant) => void): Column<Registrant> => ({
  key: 'remove',
  head: <span className="sr-only">Remove</span>,
  numeric: true,
  className: 'no-print',
  cell: (registrant) => (
    <Button size="sm" onClick={() => select(registrant)} aria-label={`Remove ${registrant.name}`}>
      Remove
    </Button>
  ),
});
