import type { Decision } from '@mini-compete/shared/applications';
import {
  aCompetition,
  type CompetitionOptions,
  type CompetitionRow,
  type Person,
  people,
  registerMany,
} from './factories.js';
import { type ApiResponse, type CallOptions, call, get, post } from './http-client.js';
import { rows } from './queries.js';

type Competition = Pick<CompetitionRow, 'id'>;

/** Whose staff decides who gets in. */
export async function aCompetitionByApplication(
  options: CompetitionOptions & { confirmWithinSeconds?: number } = {},
): Promise<CompetitionRow> {
  const competition = await aCompetition(options);
  await rows(`UPDATE competitions SET admission_mode = 'APPROVAL', confirm_within_seconds = $2 WHERE id = $1`, [
    competition.id,
    options.confirmWithinSeconds ?? null,
  ]);
  return competition;
}

/** In the order of their applications. */
export async function applicants(n: number, competition: Competition): Promise<{ persons: Person[]; ids: string[] }> {
  const persons = await people(n);
  return { persons, ids: await registerMany(persons, competition) };
}

/** The requests of the staff about applications, to the API at `url`. */
export function applicationsClient(url: string) {
  const path = ({ id }: Competition) => `/api/competitions/${id}/applications`;
  const decide = (
    { token }: Person,
    competition: Competition,
    decision: Decision,
    ids: readonly string[],
    options?: CallOptions & { reason?: string },
  ): Promise<ApiResponse> => {
    const { reason } = options ?? {};
    const decisions = ids.map((registrationId) => ({ registrationId, decision, ...(reason && { reason }) }));
    return post(url, `${path(competition)}/decide`, { token, body: { decisions }, ...options });
  };
  return {
    list: ({ token }: Person, competition: Competition, query: Record<string, string> = {}) =>
      get(url, `${path(competition)}?${new URLSearchParams(query)}`, { token }),
    best: ({ token }: Person, competition: Competition, count: number) =>
      get(url, `${path(competition)}/best?count=${count}`, { token }),
    review: (
      { token }: Person,
      competition: Competition,
      registrationId: string,
      score: number,
      note?: string,
      options?: CallOptions,
    ) =>
      call('PUT', url, `${path(competition)}/${registrationId}/review`, {
        token,
        body: { score, ...(note && { note }) },
        ...options,
      }),
    decide,
    accept: (person: Person, competition: Competition, ids: readonly string[], options?: CallOptions) =>
      decide(person, competition, 'ACCEPT', ids, options),
    reject: (person: Person, competition: Competition, ids: readonly string[], options?: CallOptions) =>
      decide(person, competition, 'REJECT', ids, options),
  };
}

/** How many items of responses have each result or code. */
export function tallyItems(responses: readonly ApiResponse[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body, text } of responses) {
    if (status !== 200) throw new Error(`${status} ${text}`);
    for (const { result, code } of body.items) counts[result ?? code] = (counts[result ?? code] ?? 0) + 1;
  }
  return counts;
}
