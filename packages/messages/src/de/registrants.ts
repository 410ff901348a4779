import type { registrants as en } from '../en/registrants.js';
import type { Translation } from '../en/translation.js';

export const registrants = {
  menu: 'Aktionen für {name}',
  mail: 'E-Mail schreiben',
  copy: 'E-Mail-Adresse kopieren',
  copied: '{email} kopiert',
  remove: 'Entfernen …',
  removeDialog: {
    title: '{name} entfernen?',
    seat: 'Der Platz wird frei.',
    seatToNext: 'Der Platz geht sofort an die erste Person auf der Warteliste.',
    position: 'Der Platz auf der Warteliste geht verloren, und alle dahinter rücken auf.',
    consequence: 'Das lässt sich nicht rückgängig machen. Eine neue Anmeldung ist möglich.',
    reason: 'Grund',
    reasonHelp: 'Ein Satz, den die Person liest.',
    reasonMissing: 'Gib einen Grund an: Die Person bekommt ihn als Nachricht.',
    confirm: 'Entfernen und benachrichtigen',
    done: '{name} ist entfernt und bekommt eine Nachricht.',
  },
  reinstate: 'Wieder aufnehmen …',
  reinstateDialog: {
    title: '{name} wieder aufnehmen?',
    text: 'Die Person bekommt einen freien Platz oder ihren alten Platz auf der Warteliste, und eine Nachricht darüber.',
    confirm: 'Aufnehmen und benachrichtigen',
    seated: '{name} hat wieder einen Platz und bekommt eine Nachricht.',
    waiting: '{name} ist wieder auf der Warteliste und bekommt eine Nachricht.',
  },
  select: '{name} auswählen',
  selectPage: 'Alle auf dieser Seite auswählen',
  selection: {
    label: 'Ausgewählte Personen',
    count: '{count, plural, one {# Person} other {# Personen}} ausgewählt',
    all: 'Alle {total, number} auswählen',
    loading: 'Wird ausgewählt …',
    clear: 'Aufheben',
    remove: 'Ausgewählte entfernen …',
  },
  removeSeveral: {
    title: '{count, plural, one {Eine Person entfernen?} other {# Personen entfernen?}}',
    effect:
      '{count, plural, one {Entfernt eine Person und benachrichtigt sie per E-Mail.} other {Entfernt # Personen und benachrichtigt sie per E-Mail.}} Die Plätze gehen der Reihe nach an die Warteliste.',
    undo: 'Du und andere aus der Leitung könnt das {seconds} Sekunden lang rückgängig machen.',
    reasonHelp: 'Ein Satz, den alle Entfernten lesen.',
    confirm: '{count, plural, one {Eine Person entfernen} other {# Personen entfernen}}',
  },
} satisfies Translation<typeof en>;
