'use client';

import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useTexts } from '#texts';
import { LOGO } from '@/components/seats/logo';
import { SeatGrid } from '@/components/seats/seat-grid';
import { NativeButton } from '@/components/ui/native';
import { StatusLabel } from '@/components/ui/status-label';
import type { OfflineState } from '@/lib/offline/use-offline';
import type { Door } from './door';
import { DoorDetails } from './door-details';
import type { DoorState } from './door-state';

type Props = { door: Door; state: DoorState; offline: OfflineState };

/** Where this is, whether it is connected, and how many scans are not sent: in sight at every scroll position. */
export function DoorHeader({ door, state, offline }: Props) {
  const t = useTexts('door');
  const [isExpanded, setIsExpanded] = useState(false);
  const { settings, title, sync, unsent } = state;
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-surface">
      <div className="shell flex min-h-16 items-center gap-4 py-2">
        <SeatGrid {...LOGO} size="logo" className="shrink-0 max-sm:hidden" />
        <div className="min-w-0 flex-1">
          <h1 className="truncate text-base">{title === null ? t('title') : <bdi>{title}</bdi>}</h1>
          {settings && (
            <p className="truncate text-sm text-muted">
              <bdi>{settings.name}</bdi>
            </p>
          )}
        </div>
        {settings && (
          <NativeButton
            aria-expanded={isExpanded}
            aria-controls="door-details"
            onClick={() => setIsExpanded(!isExpanded)}
            className="-me-2 flex min-h-11 max-w-1/2 items-center gap-2 rounded-md px-2 hover:bg-sunken"
          >
            <span className="flex flex-col items-end text-end">
              <ConnectionLabel isOnline={sync === 'SENT'} />
              <UnsentCount count={unsent} />
            </span>
            <ChevronDown aria-hidden="true" className={isExpanded ? 'size-4 rotate-180' : 'size-4'} />
            <span className="sr-only">{t('connection.details')}</span>
          </NativeButton>
        )}
      </div>
      {settings && isExpanded && (
        <DoorDetails id="door-details" door={door} state={state} settings={settings} offline={offline} />
      )}
    </header>
  );
}

function ConnectionLabel({ isOnline }: { isOnline: boolean }) {
  const t = useTexts('door');
  return isOnline ? (
    <StatusLabel tone="success" shape="disc">
      {t('connection.online')}
    </StatusLabel>
  ) : (
    <StatusLabel tone="warning" shape="ring">
      {t('connection.offline')}
    </StatusLabel>
  );
}

function UnsentCount({ count }: { count: number }) {
  const t = useTexts('door');
  return (
    <span className={count > 0 ? 'text-xs font-semibold' : 'text-xs text-muted'} data-unsent={count}>
      {t('connection.unsent', { count })}
    </span>
  );
}
