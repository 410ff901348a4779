// In local storage, so that every page can look without opening a database.
const KEY = 'doorListUntil';

/** When the oldest list of people in this browser has to be deleted, in milliseconds since 1970. */
export function setOldestList(deleteAt: number): void {
  try {
    if (Number.isFinite(deleteAt)) localStorage.setItem(KEY, String(deleteAt));
    else localStorage.removeItem(KEY);
  } catch {
    // Storage is blocked: then no list is stored either.
  }
}

export function isListOverdue(now: number): boolean {
  try {
    const deleteAt = localStorage.getItem(KEY);
    return deleteAt !== null && Number(deleteAt) <= now;
  } catch {
    return false;
  }
}
