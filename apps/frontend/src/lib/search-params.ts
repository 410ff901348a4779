import { query } from './api/query';

export type SearchParams = Record<string, string | string[] | undefined>;

/** The first value of a parameter, or an empty string. */
export const getParam = (params: SearchParams, name: string): string => {
  const value = params[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
};

/** One of the choices; the first of them if the parameter is missing or is none of them. */
export function getChoice<const Choice extends string>(
  params: SearchParams,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const value = getParam(params, name);
  return choices.find((choice) => choice === value) ?? choices[0];
}

/** Empty values are omitted. */
export const withParams = (path: string, values: Record<string, string | null>): string => `${path}${query(values)}`;
