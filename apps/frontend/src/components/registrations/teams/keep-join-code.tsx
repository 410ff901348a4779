'use client';

import { useJoinCode } from './use-join-code';

/** Keeps the code of the link in this tab, for the person who signs in next. */
export function KeepJoinCode() {
  useJoinCode();
  return null;
}
