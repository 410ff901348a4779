import { isActive, type State } from './state.js';

/** The latest registration of the team that the organizer sees: `addressed` fills it in. */
export interface Addressed {
  readonly team: number;
  readonly registration?: number | undefined;
}

export interface Decision extends Addressed {
  readonly decision: 'ACCEPT' | 'REJECT' | 'WAITLIST';
}

/** Null: answers nothing. `addressed` fills in the version of the questions that the person sees. */
export interface Answering {
  readonly answers: { readonly version?: number } | null;
}

export type Operation =
  | { readonly type: 'leave' | 'confirm' | 'check-in'; readonly person: number }
  | ({ readonly type: 'create'; readonly person: number } & Answering)
  | ({ readonly type: 'join'; readonly person: number; readonly team: number } & Answering)
  | { readonly type: 'answer'; readonly person: number; readonly team: number; readonly version?: number }
  | { readonly type: 'withdraw'; readonly person: number; readonly team: number }
  | { readonly type: 'end'; readonly person: number; readonly team: number; readonly whose: number }
  | { readonly type: 'make-captain'; readonly person: number; readonly team: number; readonly to: number }
  | { readonly type: 'register'; readonly person: number; readonly team: number; readonly joinWaitlist: boolean }
  | { readonly type: 'decide'; readonly decisions: readonly Decision[] }
  | ({ readonly type: 'reinstate' } & Addressed)
  | ({ readonly type: 'remove'; readonly wasActive?: boolean } & Addressed)
  | { readonly type: 'capacity'; readonly capacity: number }
  | { readonly type: 'ask'; readonly isRequired: boolean }
  | { readonly type: 'holds-expire' | 'release-no-shows' | 'next-phase' };

/** With the registrations and questions that the sender sees now: others may change them meanwhile. */
export function addressed(state: State, operation: Operation): Operation {
  const latestOf = (team: number) => (state.teams[team]?.registrations.length ?? 0) - 1;
  const version = state.questionsVersion;
  switch (operation.type) {
    case 'create':
    case 'join':
      return { ...operation, answers: operation.answers && { version } };
    case 'answer':
      return { ...operation, version };
    case 'reinstate':
      return { ...operation, registration: latestOf(operation.team) };
    case 'remove': {
      const registration = latestOf(operation.team);
      const found = state.teams[operation.team]?.registrations[registration];
      return { ...operation, registration, wasActive: found !== undefined && isActive(found) };
    }
    case 'decide': {
      const decisions = operation.decisions.map((one) => ({ ...one, registration: latestOf(one.team) }));
      return { ...operation, decisions };
    }
    default:
      return operation;
  }
}
