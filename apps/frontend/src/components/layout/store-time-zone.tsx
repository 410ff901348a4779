'use client';

import { useEffect } from 'react';
import { updateMe } from '@/lib/api/accounts';
import { call } from '@/lib/api/client';

/** For an account without a time zone: stores that of the device, so that mail tells the right hour. */
export function StoreTimeZone() {
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    // If it fails, the next page tries again.
    if (timeZone) updateMe(call, { timeZone }).catch(() => undefined);
  }, []);
  return null;
}
