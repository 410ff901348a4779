import type { Register } from '@mini-compete/shared/registrations';
import { Injectable } from '@nestjs/common';
import type { Principal } from '../auth/principal.js';
import { DomainError } from '../common/errors.js';
import type { Arrival } from '../common/http/arrival.js';
import { fingerprint } from '../idempotency/fingerprint.js';
import { InFlight } from '../idempotency/in-flight.js';
import { SeatDesk } from './seat-desk.js';
import type { Act, Entrant, Verdict } from './verdict.js';

/** Who asks, under which key, since when. */
export interface Asking {
  readonly principal: Principal;
  readonly key: string | null;
  readonly arrival: Arrival;
}

/** An answer as it goes out, byte for byte. */
export interface Answer {
  readonly body: string;
  readonly replayed: boolean;
}

/**
 * What was decided. A refusal is handed on, not thrown: a rush for what is sold out is nothing but refusals, and an
 * exception through all of the framework costs more than the rest of the answer.
 */
export type Decision = Answer | DomainError;

@Injectable()
export class RegistrationsService {
  private readonly registering = new InFlight<Verdict>();
  private readonly leaving = new InFlight<Verdict>();

  constructor(private readonly desk: SeatDesk) {}

  register(competitionId: string, body: Register, asking: Asking): Promise<Decision> {
    const entrant = entrantOf(competitionId, body, asking);
    return this.ask('register', this.registering, { ...entrant, joins: body.joinWaitlist });
  }

  leave(competitionId: string, asking: Asking): Promise<Decision> {
    return this.ask('leave', this.leaving, entrantOf(competitionId, {}, asking));
  }

  private async ask(
    act: Act,
    inFlight: InFlight<Verdict>,
    entrant: Entrant & { sessionId: string },
  ): Promise<Decision> {
    const { answer, joined } = await inFlight.run(entrant, () => this.desk.ask(act, entrant));
    return decisionOf(answer, joined);
  }
}

function entrantOf(competitionId: string, body: object, { principal, key, arrival }: Asking) {
  return {
    competitionId,
    userId: principal.userId,
    sessionId: principal.sessionId,
    key,
    fingerprint: fingerprint({ id: competitionId }, body),
    arrival,
    joins: false,
    registrationId: null,
  };
}

export function decisionOf(verdict: Verdict, joined: boolean): Decision {
  switch (verdict.kind) {
    case 'done':
      return { body: verdict.body, replayed: joined };
    case 'replayed':
      return { body: verdict.body, replayed: true };
    case 'refused':
      return new DomainError(verdict.code, {
        ...(verdict.own && {
          extra: { registrationId: verdict.own.id, registrationStatus: verdict.own.status },
        }),
      });
    case 'skipped':
      throw new DomainError('BUSY');
  }
}
