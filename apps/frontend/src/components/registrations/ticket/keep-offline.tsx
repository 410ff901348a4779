'use client';

import { registerForTickets } from '@/lib/offline/register';
import { useOffline } from '@/lib/offline/use-offline';

/** At the door of a hall there is often no reception: the ticket loads without a network once it has been opened. */
export function KeepOffline() {
  useOffline(registerForTickets, true);
  return null;
}
