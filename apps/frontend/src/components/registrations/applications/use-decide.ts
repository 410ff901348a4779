import type { Application, DecidedApplication, Decision } from '@mini-compete/shared/applications';
import { useRef } from 'react';
import { decideApplications } from '@/lib/api/applications';
import { call } from '@/lib/api/client';
import { useSubmit } from '@/lib/forms/use-submit';
import { newIdempotencyKey } from '@/lib/idempotency-key';

export type Decided = Pick<Application, 'registrationId' | 'name' | 'seats' | 'team'>;

/** How many seats each needs. Servers of the previous release know no teams. */
export const seatsNeeded = (applications: readonly Decided[]): number[] => applications.map(({ seats = 1 }) => seats);

/** What the API made of a decision. */
export interface Outcome {
  readonly items: readonly (DecidedApplication & { readonly name: string })[];
}

/** Sends a decision. The same key for the same request: a retry after a lost response must not be another one. */
export function useDecide(competitionId: string) {
  const { busy, failure, run } = useSubmit();
  const sent = useRef({ body: '', key: '' });
  const decide = (decision: Decision, applications: readonly Decided[], reason: string | null) =>
    run(async (): Promise<Outcome> => {
      const decisions = applications.map(({ registrationId }) => ({ registrationId, decision, reason }));
      const body = JSON.stringify(decisions);
      if (sent.current.body !== body) sent.current = { body, key: newIdempotencyKey() };
      const { items } = await decideApplications(call, competitionId, decisions, sent.current.key);
      const names = new Map(applications.map(({ registrationId, name }) => [registrationId, name]));
      return { items: items.map((item) => ({ ...item, name: names.get(item.id) ?? '' })) };
    });
  return { busy, failure, decide };
}
