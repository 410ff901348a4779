import type { HistoryEntry } from '@mini-compete/shared/history';

/** The sentence about an entry, a key of `history.entry`. */
export type Sentence =
  | 'seated'
  | 'waiting'
  | 'promoted'
  | 'left'
  | 'leftWaitlist'
  | 'withdrew'
  | 'declined'
  | 'applied'
  | 'accepted'
  | 'acceptedHeld'
  | 'acceptedWaiting'
  | 'rejected'
  | 'promotedHeld'
  | 'confirmed'
  | 'expired'
  | 'redeemed'
  | 'reinstatedApplied'
  | 'reinstatedHeld'
  | 'removed'
  | 'ended'
  | 'reinstated'
  | 'reinstatedWaiting'
  | 'reviewed'
  | 'removalRequested'
  | 'removalUndone'
  | 'noShow'
  | 'noShowsRequested'
  | 'noShowsUndone'
  | 'checkInUndone'
  | 'scansAccepted'
  | 'scansDiscarded'
  | 'answered'
  | 'announcementRequested'
  | 'announcementUndone'
  | 'announcementSent'
  | 'announcementStopped'
  | 'created'
  | 'edited'
  | 'noteChanged'
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
  | 'redeemed'
  | 'invitationSent'
  | 'invitationWithdrawn'
  | 'invitationEnded'
  | 'invitationExpired'
  | 'invitationUsed'
  | 'teamCreated'
  | 'teamJoined'
  | 'teamLeft'
  | 'teamRemoved'
  | 'teamNoShow'
  | 'teamErased'
  | 'teamCaptain'
  | 'teamRenamed'
  | 'teamCode'
  | 'teamTooSmall'
  | 'imported'
  | 'importedPerson'
  | 'other'
  | 'otherAbout';

type Decide = (entry: HistoryEntry) => Sentence;

/** The sentence for the status before or after, or else the other one. */
function byStatus(when: 'before' | 'after', sentences: Readonly<Record<string, Sentence>>, other: Sentence): Decide {
  return ({ changes }) => sentences[String(changes.find(({ field }) => field === 'status')?.[when])] ?? other;
}

const SENTENCES: Readonly<Record<string, Sentence | Decide>> = {
  'registration.seated': 'seated',
  'registration.waiting': 'waiting',
  'registration.applied': 'applied',
  'registration.accepted': byStatus('after', { HELD: 'acceptedHeld', WAITLISTED: 'acceptedWaiting' }, 'accepted'),
  'registration.rejected': 'rejected',
  'registration.promoted': byStatus('after', { HELD: 'promotedHeld' }, 'promoted'),
  'registration.confirmed': 'confirmed',
  'registration.expired': 'expired',
  'registration.left': byStatus(
    'before',
    { WAITLISTED: 'leftWaitlist', APPLIED: 'withdrew', HELD: 'declined' },
    'left',
  ),
  'registration.removed': 'removed',
  'registration.cancelled': 'ended',
  'registration.erased': 'erased',
  'registration.team-too-small': 'teamTooSmall',
  'registration.reinstated': byStatus(
    'after',
    { WAITLISTED: 'reinstatedWaiting', APPLIED: 'reinstatedApplied', HELD: 'reinstatedHeld' },
    'reinstated',
  ),
  'application.reviewed': 'reviewed',
  'registration.answered': 'answered',
  'removal.requested': 'removalRequested',
  'removal.undone': 'removalUndone',
  'registration.no-show': 'noShow',
  'no-shows.requested': 'noShowsRequested',
  'no-shows.undone': 'noShowsUndone',
  'check-in.undone': 'checkInUndone',
  'check-in.accepted': 'scansAccepted',
  'check-in.discarded': 'scansDiscarded',
  'announcement.requested': 'announcementRequested',
  'announcement.undone': 'announcementUndone',
  'announcement.sent': 'announcementSent',
  'announcement.stopped': 'announcementStopped',
  'competition.created': 'created',
  'competition.edited': 'edited',
  'competition.note_changed': ({ note }) => (note ? 'noteChanged' : 'edited'),
  'competition.cancelled': 'canceled',
  'competition.reopened': 'reopened',
  'staff.invited': 'staffInvited',
  'staff.withdrawn': 'staffWithdrawn',
  'staff.joined': 'staffJoined',
  'staff.left': 'staffLeft',
  // An import redeems the invitations of people who have an account.
  'registration.redeemed': ({ actor, person }) => (actor?.id === person?.id ? 'redeemed' : 'importedPerson'),
  'invitation.sent': 'invitationSent',
  'invitation.withdrawn': ({ actor }) => (actor === null ? 'invitationEnded' : 'invitationWithdrawn'),
  'invitation.expired': 'invitationExpired',
  'invitation.redeemed': 'invitationUsed',
  'import.committed': 'imported',
  'team.created': 'teamCreated',
  'team.joined': 'teamJoined',
  'team.left': 'teamLeft',
  'team.removed': 'teamRemoved',
  'team.no-show': 'teamNoShow',
  'team.erased': 'teamErased',
  'team.captain': 'teamCaptain',
  'team.renamed': 'teamRenamed',
  'team.code': 'teamCode',
};

/** An action without a sentence of its own gets one from what it changes, and at the least a neutral one. */
export function sentenceOf(entry: HistoryEntry): Sentence {
  const sentence = SENTENCES[entry.action];
  if (sentence !== undefined) return typeof sentence === 'string' ? sentence : sentence(entry);
  const role = entry.changes.find(({ field }) => field === 'role');
  if (role !== undefined && entry.person !== null)
    return role.before === null ? 'staffAdded' : role.after === null ? 'staffRemoved' : 'staffChanged';
  if (entry.action.startsWith('competition.') && entry.changes.length > 0) return 'edited';
  return entry.person === null && !entry.team ? 'other' : 'otherAbout';
}

/** Those that the sentence does not say already. */
export const shownChanges = ({ changes }: HistoryEntry) => changes.filter(({ field }) => field !== 'status');
