import type { registrants as en } from '../en/registrants.js';
import type { Translation } from '../en/translation.js';

export const registrants = {
  menu: 'Aktionen für {name}',
  mail: 'E-Mail schreiben',
  copy: 'E-Mail-Adresse kopieren',
  copied: '{email} kopiert',
  remove: 'Entfernen …',
  removeDialog: {
    title: '{who, select, TEAMS {Das Team {name} entfernen?} other {{name} entfernen?}}',
    seat: '{who, select, TEAMS {Seine Plätze werden frei.} other {Der Platz wird frei.}}',
    seatToNext:
      '{who, select, TEAMS {Seine Plätze gehen sofort an die Warteliste.} other {Der Platz geht sofort an die erste Person auf der Warteliste.}}',
    position:
      '{who, select, TEAMS {Sein Platz auf der Warteliste geht verloren, und alle dahinter rücken auf.} other {Der Platz auf der Warteliste geht verloren, und alle dahinter rücken auf.}}',
    consequence:
      '{who, select, TEAMS {Das lässt sich nicht rückgängig machen. Das Team bleibt bestehen und kann sich neu anmelden.} other {Das lässt sich nicht rückgängig machen. Eine neue Anmeldung ist möglich.}}',
    reason: 'Grund',
    reasonHelp: '{who, select, TEAMS {Ein Satz, den alle Mitglieder lesen.} other {Ein Satz, den die Person liest.}}',
    reasonMissing:
      '{who, select, TEAMS {Gib einen Grund an: Die Mitglieder bekommen ihn als Nachricht.} other {Gib einen Grund an: Die Person bekommt ihn als Nachricht.}}',
    confirm: 'Entfernen und benachrichtigen',
    done: '{who, select, TEAMS {{name} ist entfernt, und die Mitglieder bekommen eine Nachricht.} other {{name} ist entfernt und bekommt eine Nachricht.}}',
  },
  reinstate: 'Wieder aufnehmen …',
  reinstateDialog: {
    title: '{name} wieder aufnehmen?',
    text: 'Die Person bekommt einen freien Platz oder ihren alten Platz auf der Warteliste, und eine Nachricht darüber.',
    textTeam:
      'Das Team kommt mit seinen jetzigen Mitgliedern zurück, auch wenn es zu wenige sind oder sie sich jetzt nicht anmelden könnten. Es bekommt freie Plätze oder seinen alten Platz auf der Warteliste, und seine Mitglieder bekommen eine Nachricht.',
    confirm: 'Aufnehmen und benachrichtigen',
    seated: '{name} hat wieder einen Platz und bekommt eine Nachricht.',
    waiting: '{name} ist wieder auf der Warteliste und bekommt eine Nachricht.',
  },
  select: '{name} auswählen',
  selectPage: 'Alle auf dieser Seite auswählen',
  selection: {
    label: '{who, select, TEAMS {Ausgewählte Teams} other {Ausgewählte Personen}}',
    count:
      '{who, select, TEAMS {{count, plural, one {# Team} other {# Teams}}} other {{count, plural, one {# Person} other {# Personen}}}} ausgewählt',
    all: 'Alle {total, number} auswählen',
    loading: 'Wird ausgewählt …',
    clear: 'Aufheben',
    remove: 'Ausgewählte entfernen …',
  },
  removeSeveral: {
    title:
      '{who, select, TEAMS {{count, plural, one {Ein Team entfernen?} other {# Teams entfernen?}}} other {{count, plural, one {Eine Person entfernen?} other {# Personen entfernen?}}}}',
    effect:
      '{who, select, TEAMS {{count, plural, one {Entfernt ein Team und benachrichtigt seine Mitglieder per E-Mail.} other {Entfernt # Teams und benachrichtigt ihre Mitglieder per E-Mail.}}} other {{count, plural, one {Entfernt eine Person und benachrichtigt sie per E-Mail.} other {Entfernt # Personen und benachrichtigt sie per E-Mail.}}}} Die Plätze gehen der Reihe nach an die Warteliste.',
    undo: 'Du und andere aus der Leitung könnt das {seconds} Sekunden lang rückgängig machen.',
    reasonHelp: 'Ein Satz, den alle Entfernten lesen.',
    confirm:
      '{who, select, TEAMS {{count, plural, one {Ein Team entfernen} other {# Teams entfernen}}} other {{count, plural, one {Eine Person entfernen} other {# Personen entfernen}}}}',
  },
} satisfies Translation<typeof en>;
