'use client';

import { useEffect } from 'react';
import { isListOverdue } from '@/lib/offline/oldest-list';

/** A door that is never opened again cannot delete its list of people when the time is over: any page does. */
export function DeleteOverdueLists() {
  useEffect(() => {
    if (!isListOverdue(Date.now())) return;
    import('@/components/registrations/door/forget-lists')
      .then(({ deleteExpiredLists }) => deleteExpiredLists())
      .catch(console.error);
  }, []);
  return null;
}
