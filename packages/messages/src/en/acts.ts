/** Acts that run in a few seconds, and can be undone until then. */
export const acts = {
  label: 'Can still be undone',
  removal: '{count, plural, one {Removing one person} other {Removing # people}}',
  cancellation:
    '{count, plural, =0 {The competition is closed} one {The competition is closed. One person gets a message} other {The competition is closed. # people get a message}}',
  announcement: '{count, plural, one {Announcing to one person} other {Announcing to # people}}',
  noShows: '{count, plural, one {Releasing the seat of one person} other {Releasing the seats of # people}}',
  in: 'in {seconds} s',
  soon: 'in a moment',
  by: 'by {name}',
  running: 'Started, can’t be undone anymore',
  undo: 'Undo',
  announceRemoval:
    '{count, plural, one {One person is removed} other {# people are removed}} in {seconds} seconds. You can undo it until then.',
  announceCancellation:
    'Registration is closed, and everyone registered gets a message in {seconds} seconds. You can undo it until then.',
  announceAnnouncement:
    '{count, plural, one {One person gets} other {# people get}} your announcement in {seconds} seconds. You can undo it until then.',
  announceNoShows:
    '{count, plural, one {The seat of one person who hasn’t come is} other {The seats of # people who haven’t come are}} released in {seconds} seconds. You can undo it until then.',
  undoneRemoval: 'Undone. Nobody was removed.',
  undoneCancellation: 'Undone. The competition is open as before, and nobody got a message.',
  undoneAnnouncement: 'Undone. Nobody got the announcement, and it’s a draft again.',
  undoneNoShows: 'Undone. Everyone keeps their seat.',
} as const;
