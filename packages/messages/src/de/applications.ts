import type { applications as en } from '../en/applications.js';
import type { Translation } from '../en/translation.js';

export const applications = {
  metaTitle: 'Bewerbungen für {title}',
  filter: 'Anzeigen',
  show: {
    undecided: 'Offen',
    accepted: 'Angenommen',
    waiting: 'Warteliste',
    rejected: 'Abgelehnt',
    left: 'Abgemeldet',
    all: 'Alle',
  },
  reviewed: {
    label: 'Deine Bewertungen',
    any: 'Bewertet oder nicht',
    no: 'Von dir nicht bewertet',
    yes: 'Von dir bewertet',
  },
  sort: { label: 'Sortieren', oldest: 'Zuerst beworben', newest: 'Zuletzt beworben', best: 'Beste Bewertung' },
  searchLabel: 'Nach Name suchen',
  search: 'Suchen',
  count: '{count, plural, one {# Bewerbung} other {# Bewerbungen}}',
  countMany: 'Mehr als 10.000 Bewerbungen',
  found: '{count, plural, one {# Bewerbung} other {# Bewerbungen}} zu „{search}“ gefunden',
  room: '{free, plural, =0 {Kein Platz frei} one {# Platz frei} other {# Plätze frei}}',
  decideBy: 'Zusagen und Absagen sind bis {when} versprochen.',
  decideLate: 'Zusagen und Absagen waren bis {when} versprochen. Der Termin ist vorbei.',
  empty: {
    undecidedTitle: 'Nichts zu entscheiden',
    undecidedText: 'Neue Bewerbungen erscheinen hier.',
    otherTitle: 'Hier ist niemand',
    otherText: 'Keine Bewerbung passt zu diesem Filter.',
    searchTitle: 'Keine Treffer',
    searchText: 'Ein Teil des Namens genügt.',
    showAll: 'Alle Bewerbungen anzeigen',
    modeTitle: 'Für diesen Wettbewerb bewirbt man sich nicht',
    modeText:
      'Plätze gehen nach der Reihenfolge der Anmeldung. In den Einstellungen kannst du das ändern, solange niemand angemeldet ist.',
  },
  list: 'Bewerbungen',
  select: '{name} auswählen',
  selectPage: 'Alle auf dieser Seite auswählen',
  score: 'Bewertung {mean, number}',
  yourScore: 'Deine Bewertung: {score}',
  notReviewed: 'Nicht bewertet',
  status: {
    undecided: 'Offen',
    accepted: 'Angenommen',
    held: 'Muss bestätigen',
    waitlisted: 'Warteliste',
    rejected: 'Abgelehnt',
    left: 'Abgemeldet',
    removed: 'Entfernt',
    expired: 'Nicht bestätigt',
    canceled: 'Abgesagt',
    tooSmall: 'Team zu klein',
    noShow: 'Nicht erschienen',
    erased: 'Konto gelöscht',
  },
  detail: {
    back: 'Zurück zur Liste',
    position: '{n, number} von {total, number}',
    previous: 'Vorherige Bewerbung',
    next: 'Nächste Bewerbung',
    gone: 'Diese Bewerbung gehört nicht mehr zu dieser Liste.',
    applied: 'Beworben: {when}',
    decided: 'Entschieden: {when}',
    ended: 'Beendet: {when}',
    confirmBy: 'Muss bis {when} bestätigen',
    reason: 'Grund: {reason}',
    reinstate: 'Ablehnung zurücknehmen',
    reinstateHelp: 'Die Bewerbung ist wieder offen, und die Person erfährt, dass sie geprüft wird.',
    reinstated: 'Die Bewerbung von {name} ist wieder offen.',
  },
  team: {
    captain: '{name} (Captain)',
    members: '{count, plural, one {Team mit einem Mitglied:} other {Team mit # Mitgliedern:}}',
  },
  review: {
    title: 'Deine Bewertung',
    legend: 'Punkte',
    score: {
      1: 'Schwach',
      2: 'Unter dem Durchschnitt',
      3: 'Gut',
      4: 'Sehr gut',
      5: 'Hervorragend',
    },
    note: 'Notiz',
    noteHelp: 'Für das Organisationsteam. Wer sich bewirbt, bekommt sie, wenn er seine Daten anfordert.',
    noteNeedsScore: 'Vergib Punkte, um die Notiz damit zu speichern.',
    save: 'Notiz speichern',
    saving: 'Wird gespeichert …',
    saved: 'Gespeichert',
    others: 'Alle Bewertungen',
    hidden: 'Was andere meinen, siehst du, sobald du selbst Punkte vergeben hast.',
    none: 'Niemand hat diese Bewerbung bewertet.',
    mean: '{mean, number} im Schnitt aus {count, plural, one {# Bewertung} other {# Bewertungen}}',
    you: 'Du',
  },
  decide: {
    title: 'Entscheidung',
    accept: 'Annehmen …',
    waitlist: 'Auf die Warteliste …',
    reject: 'Ablehnen …',
    seat: '{who, select, TEAMS {Mit der Zusage bekommt das Team seine Plätze.} other {Mit der Zusage bekommt die Person einen Platz.}}',
    hold: '{who, select, TEAMS {{hours, plural, one {Mit der Zusage bekommt das Team seine Plätze und muss sie innerhalb # Stunde bestätigen.} other {Mit der Zusage bekommt das Team seine Plätze und muss sie innerhalb von # Stunden bestätigen.}}} other {{hours, plural, one {Mit der Zusage bekommt die Person einen Platz und muss ihn innerhalb von # Stunde bestätigen.} other {Mit der Zusage bekommt die Person einen Platz und muss ihn innerhalb von # Stunden bestätigen.}}}}',
    place:
      '{who, select, TEAMS {Für das ganze Team sind nicht genug Plätze frei, mit der Zusage kommt es auf die Warteliste.} other {Kein Platz ist frei, mit der Zusage kommt die Person auf die Warteliste.}}',
    full: '{who, select, TEAMS {Für das ganze Team sind nicht genug Plätze frei, und die Warteliste ist geschlossen: Eine Zusage ist jetzt nicht möglich.} other {Kein Platz ist frei und die Warteliste ist geschlossen, gerade kannst du niemanden annehmen.}}',
    selected: '{count, plural, one {# ausgewählt} other {# ausgewählt}}',
    clear: 'Aufheben',
    tooMany: 'Du kannst über höchstens {max, number} Bewerbungen auf einmal entscheiden.',
  },
  dialog: {
    acceptTitle:
      '{who, select, TEAMS {{count, plural, one {{name} annehmen?} other {# Teams annehmen?}}} other {{count, plural, one {{name} annehmen?} other {# Personen annehmen?}}}}',
    waitlistTitle:
      '{who, select, TEAMS {{count, plural, one {{name} auf die Warteliste setzen?} other {# Teams auf die Warteliste setzen?}}} other {{count, plural, one {{name} auf die Warteliste setzen?} other {# Personen auf die Warteliste setzen?}}}}',
    rejectTitle:
      '{who, select, TEAMS {{count, plural, one {{name} ablehnen?} other {# Teams ablehnen?}}} other {{count, plural, one {{name} ablehnen?} other {# Personen ablehnen?}}}}',
    seats:
      '{who, select, TEAMS {{count, plural, one {# Team bekommt seine Plätze.} other {# Teams bekommen ihre Plätze.}}} other {{count, plural, one {# Person bekommt einen Platz.} other {# Personen bekommen einen Platz.}}}}',
    holds:
      '{who, select, TEAMS {{count, plural, one {# Team bekommt seine Plätze und hat {hours, plural, one {# Stunde} other {# Stunden}}, um sie zu bestätigen.} other {# Teams bekommen ihre Plätze und haben {hours, plural, one {# Stunde} other {# Stunden}}, um sie zu bestätigen.}}} other {{count, plural, one {# Person bekommt einen Platz und hat {hours, plural, one {# Stunde} other {# Stunden}}, um ihn zu bestätigen.} other {# Personen bekommen einen Platz und haben {hours, plural, one {# Stunde} other {# Stunden}}, um ihn zu bestätigen.}}}}',
    places:
      '{who, select, TEAMS {{count, plural, one {# Team kommt auf die Warteliste.} other {# Teams kommen in dieser Reihenfolge auf die Warteliste.}}} other {{count, plural, one {# Person kommt auf die Warteliste.} other {# Personen kommen in dieser Reihenfolge auf die Warteliste.}}}}',
    undecided:
      '{count, plural, one {# Bewerbung bleibt offen: Kein Platz ist frei, und die Warteliste ist geschlossen.} other {# Bewerbungen bleiben offen: Kein Platz ist frei, und die Warteliste ist geschlossen.}}',
    free: '{free, plural, one {# Platz ist frei. Nimm stattdessen jemanden an, solange Plätze frei sind.} other {# Plätze sind frei. Nimm stattdessen Leute an, solange Plätze frei sind.}}',
    closed: 'Die Warteliste ist geschlossen, deshalb bleiben die Bewerbungen offen.',
    messages:
      '{count, plural, =0 {Niemand bekommt eine Nachricht.} one {# Person bekommt eine Nachricht.} other {# Personen bekommen eine Nachricht.}}',
    final: 'Das lässt sich nicht zurücknehmen.',
    rejectEffect:
      '{count, plural, one {Eine neue Bewerbung ist nicht möglich. Die Nachricht geht in {seconds} Sekunden raus. Bis dahin und auch später kannst du die Ablehnung zurücknehmen.} other {Neue Bewerbungen sind nicht möglich. Die Nachrichten gehen in {seconds} Sekunden raus. Bis dahin und auch später kannst du die Ablehnungen zurücknehmen.}}',
    reason: 'Grund',
    reasonHelp: '{count, plural, one {Ein Satz, den die Person liest.} other {Ein Satz, den alle lesen.}}',
    acceptConfirm:
      '{who, select, TEAMS {{count, plural, one {Annehmen} other {# Teams annehmen}}} other {{count, plural, one {Annehmen} other {# Personen annehmen}}}}',
    waitlistConfirm:
      '{who, select, TEAMS {{count, plural, one {Auf die Warteliste} other {# auf die Warteliste}}} other {{count, plural, one {Auf die Warteliste} other {# auf die Warteliste}}}}',
    rejectConfirm:
      '{who, select, TEAMS {{count, plural, one {Ablehnen} other {# Teams ablehnen}}} other {{count, plural, one {Ablehnen} other {# Personen ablehnen}}}}',
  },
  done: {
    seats:
      '{who, select, TEAMS {{count, plural, one {# Team hat seine Plätze} other {# Teams haben ihre Plätze}}} other {{count, plural, one {# Person hat einen Platz} other {# Personen haben einen Platz}}}}',
    holds:
      '{who, select, TEAMS {{count, plural, one {# Team muss bestätigen} other {# Teams müssen bestätigen}}} other {{count, plural, one {# Person muss bestätigen} other {# Personen müssen bestätigen}}}}',
    places:
      '{who, select, TEAMS {{count, plural, one {# Team ist auf der Warteliste} other {# Teams sind auf der Warteliste}}} other {{count, plural, one {# Person ist auf der Warteliste} other {# Personen sind auf der Warteliste}}}}',
    rejected:
      '{who, select, TEAMS {{count, plural, one {# Team ist abgelehnt} other {# Teams sind abgelehnt}}} other {{count, plural, one {# Person ist abgelehnt} other {# Personen sind abgelehnt}}}}',
    problems: '{count, plural, one {# Entscheidung kam nicht zustande} other {# Entscheidungen kamen nicht zustande}}',
  },
  problem: {
    title: '{count, plural, one {Eine Entscheidung kam nicht zustande} other {# Entscheidungen kamen nicht zustande}}',
    ALREADY_DECIDED: 'Jemand anderes hat schon entschieden.',
    NOT_REGISTERED: 'Die Person hat sich abgemeldet.',
    COMPETITION_CANCELLED: 'Der Wettbewerb wurde abgesagt.',
    COMPETITION_FULL: 'Kein Platz ist frei, und die Warteliste ist geschlossen. Die Bewerbung bleibt offen.',
    SEATS_AVAILABLE: 'Für diese Person ist ein Platz frei. Nimm sie stattdessen an.',
    other: 'Versuche es noch einmal.',
    close: 'Schließen',
  },
  undo: {
    label: 'Ablehnungen, die du zurücknehmen kannst',
    title:
      '{who, select, TEAMS {{count, plural, one {{name} ist abgelehnt} other {# Teams sind abgelehnt}}} other {{count, plural, one {{name} ist abgelehnt} other {# Personen sind abgelehnt}}}}',
    in: 'Nachricht in {seconds} s',
    inMany: 'Nachrichten in {seconds} s',
    undo: 'Rückgängig',
    undone:
      '{count, plural, one {Die Ablehnung ist zurückgenommen. Es ging keine Nachricht raus.} other {# Ablehnungen sind zurückgenommen. Es ging keine Nachricht raus.}}',
    failed:
      '{count, plural, one {# Ablehnung ließ sich nicht zurücknehmen.} other {# Ablehnungen ließen sich nicht zurücknehmen.}} Sieh unter „Abgelehnt“ nach.',
    announce:
      '{who, select, TEAMS {{count, plural, one {Ein Team abgelehnt. Du kannst das {seconds} Sekunden lang rückgängig machen.} other {# Teams abgelehnt. Du kannst das {seconds} Sekunden lang rückgängig machen.}}} other {{count, plural, one {Eine Person abgelehnt. Du kannst das {seconds} Sekunden lang rückgängig machen.} other {# Personen abgelehnt. Du kannst das {seconds} Sekunden lang rückgängig machen.}}}}',
  },
  best: {
    open: 'Die Besten annehmen …',
    title: 'Die Besten annehmen',
    text: 'Nach dem Durchschnitt aller Bewertungen. Bewerbungen ohne Bewertung zählen nicht mit.',
    number: 'Wie viele',
    numberError: 'Gib eine Zahl von 1 bis {max, number} ein.',
    none: 'Noch ist keine offene Bewerbung bewertet.',
    leftOut:
      '{count, plural, one {# Bewerbung, die andere bewertet haben, fehlt hier. Bewerte sie selbst, damit sie dazukommt.} other {# Bewerbungen, die andere bewertet haben, fehlen hier. Bewerte sie selbst, damit sie dazukommen.}}',
    hiddenScores:
      'Einige davon hast du nicht selbst bewertet. Ihre Punkte bleiben verborgen, aber ihr Rang zeigt, was andere denken.',
    fewer:
      '{count, plural, one {Nur # offene Bewerbung ist bewertet.} other {Nur # offene Bewerbungen sind bewertet.}}',
    list: 'Wer angenommen würde, die Besten zuerst',
    loading: 'Wird gesucht …',
    seat: 'Platz',
    hold: 'Platz, muss bestätigen',
    place: 'Warteliste',
    stays: 'Bleibt offen',
  },
  keys: {
    title: 'Tastenkürzel',
    move: 'weiter, zurück',
    score: 'Punkte',
    note: 'Notiz',
    accept: 'annehmen',
    waitlist: 'Warteliste',
    reject: 'ablehnen',
    select: 'auswählen',
  },
} satisfies Translation<typeof en>;
