import { useEffect, useState } from 'react';

/** For the way through sign-in, whose address would take the code to servers' logs. */
const STORAGE_KEY = 'mc.joinCode';

/**
 * The code in the link by which the page was opened, or in which it was opened before in this tab; null until it is
 * known, empty without one. It is removed from the address: others may look at the history.
 */
export function useJoinCode(): string | null {
  const [code, setCode] = useState<string | null>(null);
  useEffect(() => {
    const { hash, pathname, search } = window.location;
    const given = hash.length > 1 ? decode(hash.slice(1)) : findCode();
    setCode(given);
    if (hash.length <= 1) return;
    storeCode(given);
    window.history.replaceState(window.history.state, '', pathname + search);
  }, []);
  return code;
}

export const forgetCode = (): void => storeCode(null);

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function findCode(): string {
  try {
    return sessionStorage.getItem(STORAGE_KEY) ?? '';
  } catch {
    return '';
  }
}

function storeCode(code: string | null): void {
  try {
    if (code === null) sessionStorage.removeItem(STORAGE_KEY);
    else sessionStorage.setItem(STORAGE_KEY, code);
  } catch {
    // Without storage the code has to be entered after signing in.
  }
}
