import type { checkInDay as en } from '../en/check-in-day.js';
import type { Translation } from '../en/translation.js';

export const checkInDay = {
  metaTitle: 'Check-in von {title}',
  title: 'Check-in',
  lost: 'Keine Verbindung. Wir versuchen es weiter, diese Zahlen können alt sein.',
  openDoor: 'Leute einchecken',
  printList: 'Einlassliste',
  in: 'sind da',
  of: 'von {expected, number} erwarteten',
  progress: '{in, number} von {expected, number} Personen sind da',
  recent:
    '{count, plural, =0 {Niemand in den letzten fünf Minuten} one {# Person in den letzten fünf Minuten} other {# Personen in den letzten fünf Minuten}}',
  lastHour: 'Die letzte Stunde',
  lastHourText:
    '{total, plural, =0 {In der letzten Stunde kam niemand.} one {In der letzten Stunde kam # Person.} other {In der letzten Stunde kamen # Personen, höchstens {peak, number} in einer Minute.}}',
  noneYet: 'Noch ist niemand eingecheckt',
  noneYetText: 'Öffne auf den Handys am Eingang „Leute einchecken“. Das geht auch ohne Netz.',
  doors: {
    title: 'Eingänge',
    empty: 'Noch ist kein Gerät als Eingang geöffnet.',
    in: '{count, plural, one {# Person} other {# Personen}}',
    synced: 'synchronisiert {when}',
    never: 'noch nie synchronisiert',
    remaining: '{count, plural, one {# Scan nicht hochgeladen} other {# Scans nicht hochgeladen}}',
    unnamed: 'Andere App',
  },
  problems: {
    title: 'Sieh dir das an',
    empty: 'Alles in Ordnung.',
    ALREADY_IN: 'Noch einmal gescannt. Seit {when} da, Eingang {door}.',
    ENDED: 'Die Anmeldung war beendet.',
    NOT_DECIDED: 'Kein sicherer Platz.',
    INVALID_TICKET: 'Ein Ticket, das nicht mehr gilt',
    ENTRY_AFTER_RELEASE: 'Kam, bevor der Platz freigegeben wurde.',
    more: 'Die neuesten {count, number} werden angezeigt.',
  },
  decide: {
    title: '{name} hat ohne Rolle {count, plural, one {# Ticket} other {# Tickets}} gescannt',
    text: 'Die Rolle war beendet, bevor die Scans ankamen, deshalb zählen sie noch nicht. {door}, {from} bis {to}.',
    accept: 'Zählen',
    discard: 'Verwerfen',
    accepted: '{count, plural, =0 {Schon entschieden.} one {Ein Scan zählt jetzt.} other {# Scans zählen jetzt.}}',
    discarded: '{count, plural, =0 {Schon entschieden.} one {Ein Scan verworfen.} other {# Scans verworfen.}}',
  },
  latest: {
    title: 'Letzte Scans',
    by: '{door}, gescannt von {name}',
    alone: 'gescannt von {name}',
    result: {
      WELCOME: 'Da',
      ALREADY_IN: 'Schon da',
      ENDED: 'Beendet',
      NOT_DECIDED: 'Kein Platz',
      NOT_ON_LIST: 'Nicht auf der Liste',
      INVALID_TICKET: 'Ungültiges Ticket',
      UNDONE: 'Rückgängig',
    },
    more: 'Mehr anzeigen',
    undo: 'Rückgängig',
    undoLabel: 'Check-in von {name} rückgängig machen',
    undone: 'Der Check-in von {name} ist rückgängig gemacht.',
  },
  noShows: {
    title: 'Nicht gekommen',
    text: 'Gib die Plätze von Leuten, die nicht gekommen sind, an die Warteliste.',
    notBegun: 'Das geht nach dem Beginn, {when}.',
    noDate: 'Das geht nach dem Beginn. Dieser Wettbewerb hat noch keinen Termin.',
    open: 'Plätze freigeben …',
    loading: 'Wir sehen nach, wer fehlt …',
    dialogTitle:
      '{count, plural, =0 {Alle sind da} one {Den Platz von einer Person freigeben?} other {Die Plätze von # Personen freigeben?}}',
    nobody: 'Alle mit einem Platz sind eingecheckt.',
    who: '{count, plural, =0 {{names}} one {{names} und # weitere Person} other {{names} und # weitere}}',
    effect: 'Ihre Anmeldungen enden, und sie bekommen eine Nachricht.',
    promoted:
      '{count, plural, =0 {Niemand rückt von der Warteliste nach.} one {Eine Person rückt von der Warteliste nach.} other {# Personen rücken von der Warteliste nach.}}',
    undo: 'Es beginnt in {seconds} Sekunden, bis dahin kannst du es rückgängig machen.',
    doorsTitle:
      '{count, plural, one {Ein Eingang hat seit dem Beginn nicht synchronisiert} other {# Eingänge haben seit dem Beginn nicht synchronisiert}}',
    doorsText:
      'Dort sind vielleicht Leute hereingekommen, die hier als fehlend gelten. Warte besser, bis sie wieder online sind. Sonst zählen ihre späteren Scans zwar, aber die Plätze sind weg.',
    withoutDoor: 'Nicht auf {door} warten ({state})',
    confirm: '{count, plural, one {Einen Platz freigeben} other {# Plätze freigeben}}',
    missing: 'Kreuze jeden Eingang an, auf den du nicht warten willst.',
  },
} satisfies Translation<typeof en>;
