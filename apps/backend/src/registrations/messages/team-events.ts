import type {
  CompetitionDetails,
  MessageContent,
  TeamEvent,
  TeamStanding,
} from '../../messaging/templates/render-message.js';
import type { Recipient } from './recipient.js';
import { type StoredTeam, teamFor } from './team-of-reader.js';

/** A team, one of its members, and its registration, at the moment when the messages about an event are written. */
export interface TeamState extends CompetitionDetails {
  readonly competitionId: string;
  /** Canceled or deleted. */
  readonly isCancelled: boolean;
  readonly team: StoredTeam;
  readonly teamMin: number;
  readonly members: number;
  readonly locksAt: Date;
  readonly isLocked: boolean;
  readonly registrationId: string | null;
  readonly standing: TeamStanding;
  readonly heldUntil: Date | null;
  readonly position: number | null;
  readonly mustConfirm: boolean;
}

/** The member whom the event is about. */
export interface TeamMemberState extends TeamState {
  readonly memberId: string;
  readonly userId: string;
  /** Empty after the account was erased. */
  readonly name: string;
  readonly leftHow: 'LEFT' | 'REMOVED' | 'NO_SHOW' | 'ERASED' | null;
  /** Whether the person is a member of this or of another team of the competition. */
  readonly isInAnyTeam: boolean;
  readonly isInThisTeam: boolean;
}

export const TEAM_EVENTS = ['team-joined', 'team-left', 'team-captain'] as const;
export type TeamEventJob = (typeof TEAM_EVENTS)[number];

interface ToMember {
  readonly content: MessageContent;
  /** Who is not concerned finds it in the mailbox. */
  readonly mailboxOnly?: boolean;
}

/** What a member is told of the event; null: nothing, because it is no longer true, or somebody else's matter. */
export const TEAM_MESSAGES: Readonly<
  Record<TeamEventJob, (state: TeamMemberState, recipient: Recipient) => ToMember | null>
> = {
  'team-joined': (state, { memberId, userId }) => {
    if (state.leftHow !== null || state.isCancelled) return null;
    if (memberId !== state.memberId) return changed(state, userId, 'JOINED');
    return { content: { kind: 'TEAM_JOINED', params: { ...state, team: teamFor(state.team, userId) } } };
  },
  'team-left': (state, { memberId, userId }) => {
    const { leftHow, isInAnyTeam, isInThisTeam, isCancelled } = state;
    if (leftHow === null) return null;
    if (memberId !== state.memberId)
      return isInThisTeam || isCancelled ? null : changed(state, userId, state.name === '' ? 'ERASED' : leftHow);
    if (isInAnyTeam || leftHow === 'ERASED') return null;
    const params = { ...state, team: teamFor(state.team, userId), isMembership: true };
    if (leftHow === 'NO_SHOW') return { content: { kind: 'NO_SHOW', params } };
    return leftHow === 'LEFT'
      ? { content: { kind: 'LEFT', params: { ...params, isApplication: false } } }
      : { content: { kind: 'REMOVED', params: { ...params, reason: null } } };
  },
  'team-captain': (state, { userId }) => {
    if (state.leftHow !== null || state.isCancelled || state.team.captainId !== state.userId) return null;
    // The new captain gets a mail: nobody else can register the team and confirm its seats.
    return { ...changed(state, userId, 'CAPTAIN'), mailboxOnly: userId !== state.userId };
  },
};

const changed = (state: TeamMemberState, userId: string, event: TeamEvent) => ({
  content: { kind: 'TEAM_CHANGED', params: { ...state, team: teamFor(state.team, userId), event } } as const,
  mailboxOnly: true,
});
