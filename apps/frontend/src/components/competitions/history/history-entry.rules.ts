import type { HistoryEntry } from '@mini-compete/shared/history';

/** The sentence about an entry, a key of `history.entry`. */
export type Sentence =
  | 'seated'
  | 'waiting'
  | 'promoted'
  | 'left'
  | 'leftWaitlist'
  | 'removed'
  | 'ended'
  | 'reinstated'
  | 'reinstatedWaiting'
  | 'reviewed'
  | 'removalRequested'
  | 'removalUndone'
  | 'answered'
  | 'created'
  | 'edited'
  | 'canceled'
  | 'reopened'
  | 'erased'
  | 'staffInvited'
  | 'staffWithdrawn'
  | 'staffJoined'
  | 'staffLeft'
  | 'staffAdded'
  | 'staffRemoved'
  | 'staffChanged'
  | 'other'
  | 'otherAbout';

type Decide = (entry: HistoryEntry) => Sentence;

const statusOf = ({ changes }: HistoryEntry) => changes.find(({ field }) => field === 'status');

const SENTENCES: Readonly<Record<string, Sentence | Decide>> = {
  'registration.seated': 'seated',
  'registration.waiting': 'waiting',
  'registration.promoted': 'promoted',
  'registration.left': (entry) => (statusOf(entry)?.before === 'WAITLISTED' ? 'leftWaitlist' : 'left'),
  'registration.removed': 'removed',
  'registration.cancelled': 'ended',
  'registration.erased': 'erased',
  'registration.reinstated': (entry) => (statusOf(entry)?.after === 'WAITLISTED' ? 'reinstatedWaiting' : 'reinstated'),
  'application.reviewed': 'reviewed',
  'registration.answered': 'answered',
  'removal.requested': 'removalRequested',
  'removal.undone': 'removalUndone',
  'competition.created': 'created',
  'competition.edited': 'edited',
  'competition.cancelled': 'canceled',
  'competition.reopened': 'reopened',
  'staff.invited': 'staffInvited',
  'staff.withdrawn': 'staffWithdrawn',
  'staff.joined': 'staffJoined',
  'staff.left': 'staffLeft',
};

/** An action without a sentence of its own gets one from what it changes, and at the least a neutral one. */
export function sentenceOf(entry: HistoryEntry): Sentence {
  const sentence = SENTENCES[entry.action];
  if (sentence !== undefined) return typeof sentence === 'string' ? sentence : sentence(entry);
  const role = entry.changes.find(({ field }) => field === 'role');
  if (role !== undefined && entry.person !== null)
    return role.before === null ? 'staffAdded' : role.after === null ? 'staffRemoved' : 'staffChanged';
  if (entry.action.startsWith('competition.') && entry.changes.length > 0) return 'edited';
  return entry.person === null ? 'other' : 'otherAbout';
}

/** Those that the sentence does not say already. */
export const shownChanges = ({ changes }: HistoryEntry) => changes.filter(({ field }) => field !== 'status');
