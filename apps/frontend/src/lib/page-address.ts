import { query } from './api/query';

export type RawSearch = Record<string, string | string[] | undefined>;

/** A value of the address; what stands there twice counts once. */
export const said = (raw: RawSearch, name: string): string => {
  const value = raw[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
};

/** One of the choices, or the first where the address says none that there is. */
export function choice<const Choice extends string>(
  raw: RawSearch,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const value = said(raw, name);
  return choices.find((one) => one === value) ?? choices[0];
}

/** The address of the same page with other values; what is empty is left out. */
export const address = (path: string, values: Record<string, string | null>): string => `${path}${query(values)}`;
