import { type Competition, findLatest, type Invitation, type Registration, type State } from './state.js';

/** To the one question, by people who have seen this version of the questions. */
export interface Answers {
  readonly version: number;
  readonly isAnswered: boolean;
}

export interface Request {
  readonly operation: 'register' | 'leave';
  /** A server of the previous version knows no questions, and not all error codes. */
  readonly server: 'current' | 'previous';
  readonly person: number;
  readonly competition: number;
  readonly key: string | null;
  readonly joinWaitlist: boolean;
  readonly answers: Answers | null;
}

export interface Decision {
  readonly person: number;
  readonly decision: 'ACCEPT' | 'REJECT' | 'WAITLIST';
  readonly registration?: number | undefined;
}

/** `addressed` fills in what is optional. */
export type Change = { readonly competition: number } & (
  | { readonly type: 'capacity'; readonly capacity: number }
  | { readonly type: 'extend'; readonly hours: number; readonly until?: number }
  | { readonly type: 'waitlist'; readonly on: boolean }
  | { readonly type: 'questions'; readonly asks: Competition['asks'] }
  | { readonly type: 'cancel' | 'undo-cancel' | 'run-imports' }
  | {
      readonly type: 'reinstate';
      readonly person: number;
      readonly which: 'first' | 'last';
      readonly registration?: number | undefined;
    }
  | { readonly type: 'decide'; readonly decisions: readonly Decision[] }
  | { readonly type: 'confirm' | 'employ' | 'dismiss'; readonly person: number }
  | { readonly type: 'withdraw'; readonly person: number; readonly invitation?: number | undefined }
  | {
      readonly type: 'redeem';
      readonly person: number;
      readonly answers: Answers | null;
      readonly invitation?: number | undefined;
    }
  | { readonly type: 'invite' | 'import'; readonly persons: readonly number[]; readonly hours: number }
);

export type Invite = Extract<Change, { type: 'invite' | 'import' }>;

export type Action = Request | Change;

/** With the registrations and invitations that the sender of the action sees now: others may change them meanwhile. */
export function addressed(state: State, action: Action): Action {
  if ('operation' in action) return action;
  const { competition } = action;
  const isOwn = (other: Registration | Invitation) =>
    'person' in action && other.person === action.person && other.competition === competition;
  switch (action.type) {
    case 'extend':
      return { ...action, until: extendedDeadline(state, action) };
    case 'reinstate': {
      const own = state.registrations.filter(isOwn);
      return { ...action, registration: (action.which === 'first' ? own[0] : own.at(-1))?.number };
    }
    case 'redeem':
    case 'withdraw':
      return { ...action, invitation: state.invitations.findLastIndex(isOwn) };
    case 'decide': {
      const numberOf = ({ person }: Decision) => findLatest(state, person, competition)?.number;
      return { ...action, decisions: action.decisions.map((one) => ({ ...one, registration: numberOf(one) })) };
    }
    default:
      return action;
  }
}

/** Some hours after both now and the current deadline, at half past. */
function extendedDeadline(state: State, { competition, hours }: { competition: number; hours: number }): number {
  return Math.floor(Math.max(state.now, state.competitions[competition]?.deadline ?? 0)) + hours + 0.5;
}
