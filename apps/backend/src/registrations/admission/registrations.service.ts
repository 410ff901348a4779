import type { AnswerProblem } from '@mini-compete/shared/answers';
import type { Register } from '@mini-compete/shared/registrations';
import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { DomainError, type Refusal } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import type { Arrival } from '../../platform/http/arrival.js';
import { fingerprint } from '../../platform/idempotency/fingerprint.js';
import { InFlight } from '../../platform/idempotency/in-flight.js';
import { AnswerChecker, problemsAsOptions } from '../questions/answer-checker.js';
import type { AdmissionOperation, AdmissionRequest, AdmissionResult } from './admission.js';
import { AdmissionQueue } from './admission-queue.js';

export interface Caller {
  readonly principal: Principal;
  /** The idempotency key. */
  readonly key: string | null;
  readonly arrival: Arrival;
}

export interface AdmissionResponse {
  /** The stored bytes: a replay must be identical to the first response. */
  readonly body: string;
  readonly replayed: boolean;
}

@Injectable()
export class RegistrationsService {
  private readonly registering = new InFlight<AdmissionResult>();
  private readonly leaving = new InFlight<AdmissionResult>();

  constructor(
    private readonly queue: AdmissionQueue,
    private readonly answers: AnswerChecker,
    @Inject(ENV) private readonly env: Pick<Env, 'requireVerifiedEmail'>,
  ) {}

  async register(competitionId: string, body: Register, caller: Caller): Promise<AdmissionResponse | Refusal> {
    const { teamId = null } = body;
    const checking = this.answers.check(competitionId, body, teamId === null ? undefined : 'TEAM');
    // Not awaited without answers: the order of arrival is the order of admission.
    const check = checking === null ? null : await checking;
    const request = {
      ...requestOf(competitionId, body, caller),
      joinWaitlist: body.joinWaitlist,
      verifiedOnly: this.env.requireVerifiedEmail,
      teamId,
      answers: check?.checked ?? null,
    };
    const response = await this.submit('register', this.registering, request, check?.problems);
    if (!('code' in response) || response.code !== 'QUESTIONS_CHANGED') return response;
    return { ...response, options: await this.answers.questionsNow(competitionId) };
  }

  leave(competitionId: string, caller: Caller): Promise<AdmissionResponse | Refusal> {
    return this.submit('leave', this.leaving, requestOf(competitionId, {}, caller));
  }

  private async submit(
    operation: AdmissionOperation,
    inFlight: InFlight<AdmissionResult>,
    request: AdmissionRequest & { sessionId: string },
    problems?: readonly AnswerProblem[],
  ): Promise<AdmissionResponse | Refusal> {
    const { result, coalesced } = await inFlight.run(request, () => this.queue.submit(operation, request));
    return responseTo(result, coalesced, problems);
  }
}

function requestOf(competitionId: string, body: object, { principal, key, arrival }: Caller) {
  return {
    competitionId,
    userId: principal.userId,
    sessionId: principal.sessionId,
    key,
    fingerprint: fingerprint({ id: competitionId }, body),
    arrival,
    joinWaitlist: false,
    verifiedOnly: false,
    teamId: null,
    answers: null,
    registrationId: null,
  };
}

export function responseTo(
  result: AdmissionResult,
  coalesced: boolean,
  problems: readonly AnswerProblem[] = [],
): AdmissionResponse | Refusal {
  switch (result.kind) {
    case 'done':
      return { body: result.body, replayed: coalesced };
    case 'replayed':
      return { body: result.body, replayed: true };
    case 'answers-invalid':
      return { code: 'VALIDATION_FAILED', options: problemsAsOptions(problems) };
    case 'refused': {
      const { code, own, member } = result;
      if (member) return { code, options: { extra: { member } } };
      return { code, options: own ? { extra: { registrationId: own.id, registrationStatus: own.status } } : {} };
    }
    case 'skipped':
      throw new DomainError('BUSY');
  }
}
