import type { acts as en } from '../en/acts.js';
import type { Translation } from '../en/translation.js';

export const acts = {
  label: 'Lässt sich noch rückgängig machen',
  removal: '{count, plural, one {Eine Person wird entfernt} other {# Personen werden entfernt}}',
  cancellation:
    '{count, plural, =0 {Der Wettbewerb ist geschlossen} one {Der Wettbewerb ist geschlossen. Eine Person bekommt eine Nachricht} other {Der Wettbewerb ist geschlossen. # Personen bekommen eine Nachricht}}',
  announcement: '{count, plural, one {Ankündigung an eine Person} other {Ankündigung an # Personen}}',
  noShows:
    '{count, plural, one {Der Platz von einer Person wird freigegeben} other {Die Plätze von # Personen werden freigegeben}}',
  in: 'in {seconds} s',
  soon: 'gleich',
  by: 'von {name}',
  running: 'Läuft bereits, nicht mehr rückgängig zu machen',
  undo: 'Rückgängig',
  announceRemoval:
    '{count, plural, one {Eine Person wird} other {# Personen werden}} in {seconds} Sekunden entfernt. Bis dahin kannst du es rückgängig machen.',
  announceCancellation:
    'Die Anmeldung ist geschlossen, und alle Angemeldeten bekommen in {seconds} Sekunden eine Nachricht. Bis dahin kannst du es rückgängig machen.',
  announceAnnouncement:
    '{count, plural, one {Eine Person bekommt} other {# Personen bekommen}} deine Ankündigung in {seconds} Sekunden. Bis dahin kannst du es rückgängig machen.',
  announceNoShows:
    '{count, plural, one {Der Platz von einer Person, die nicht gekommen ist, wird} other {Die Plätze von # Personen, die nicht gekommen sind, werden}} in {seconds} Sekunden freigegeben. Bis dahin kannst du es rückgängig machen.',
  undoneRemoval: 'Rückgängig gemacht. Niemand wurde entfernt.',
  undoneCancellation:
    'Rückgängig gemacht. Der Wettbewerb ist offen wie zuvor, und niemand hat eine Nachricht bekommen.',
  undoneAnnouncement: 'Rückgängig gemacht. Niemand hat die Ankündigung bekommen, sie ist wieder ein Entwurf.',
  undoneNoShows: 'Rückgängig gemacht. Alle behalten ihren Platz.',
} satisfies Translation<typeof en>;
