import type { mail as en } from '../en/mail.js';
import type { Translation } from '../en/translation.js';

export const mail = {
  confirmed: {
    title: 'Du bist dabei: {competition}',
    text: '{by, select, HOLD {Danke fürs Bestätigen. Der Platz bei {competition} gehört dir.} APPLICATION {Deine Bewerbung für {competition} wurde angenommen, und du hast einen Platz.} INVITATION {Du hast die Einladung zu {competition} angenommen. Dein Platz ist bestätigt.} IMPORT {Die Veranstaltungsleitung hat dich für {competition} angemeldet. Dein Platz ist bestätigt.} other {Dein Platz bei {competition} ist bestätigt.}}',
    note: 'Falls du doch nicht kannst, melde dich bitte ab. Dann rückt die nächste Person von der Warteliste nach.',
  },
  /** Before the text of a confirmation, or of a message about the waitlist. */
  reinstated: 'Die Veranstaltungsleitung hat deine Anmeldung für {competition} wiederhergestellt.',
  promoted: {
    title: 'Du hast einen Platz: {competition}',
    text: 'Bei {competition} ist ein Platz frei geworden, und du standest auf der Warteliste ganz vorn. Der Platz gehört dir.',
    note: 'Falls du nicht mehr kannst, melde dich bitte ab. Dann rückt die nächste Person von der Warteliste nach.',
  },
  waiting: {
    title: 'Du stehst auf der Warteliste: {competition}',
    text: '{by, select, APPLICATION {Die Veranstaltungsleitung hat dich auf die Warteliste von {competition} gesetzt.} other {Bei {competition} sind alle Plätze vergeben, und du stehst auf der Warteliste.}} Sobald du an der Reihe bist, rückst du automatisch nach, und wir sagen dir Bescheid.',
    textToConfirm:
      '{by, select, APPLICATION {Die Veranstaltungsleitung hat dich auf die Warteliste von {competition} gesetzt.} other {Bei {competition} sind alle Plätze vergeben, und du stehst auf der Warteliste.}} Sobald du an der Reihe bist, halten wir dir einen Platz frei und bitten dich, ihn zu bestätigen.',
    note: 'Deine Position findest du unter „Meine Anmeldungen“.',
  },
  notPromoted: {
    title: 'Diesmal kein Platz: {competition}',
    text: 'Die Warteliste von {competition} ist geschlossen, und für dich ist kein Platz frei geworden. Schade, dass es nicht geklappt hat.',
  },
  applied: {
    title: 'Deine Bewerbung ist da: {competition}',
    reinstated: 'Die Veranstaltungsleitung hat deine Bewerbung für {competition} wieder geöffnet.',
    text: 'Deine Bewerbung für {competition} ist angekommen. Die Veranstaltungsleitung entscheidet, wer teilnimmt. Sobald es so weit ist, sagen wir dir Bescheid.',
    by: 'Du hörst von uns spätestens bis {when}.',
    note: 'Bis dahin musst du nichts tun. Auf der Seite des Wettbewerbs kannst du deine Bewerbung zurückziehen.',
  },
  decisionsLate: {
    title: 'Deine Bewerbung ist noch offen: {competition}',
    text: 'Die Veranstaltungsleitung von {competition} wollte inzwischen entschieden haben, braucht aber noch etwas Zeit. Bitte hab noch etwas Geduld.',
    note: 'Deine Bewerbung bleibt bestehen. Sobald es eine Entscheidung gibt, sagen wir dir Bescheid.',
  },
  rejected: {
    title: 'Diesmal kein Platz: {competition}',
    text: 'Die Veranstaltungsleitung hat deine Bewerbung für {competition} nicht angenommen. Schade, dass es nicht geklappt hat.',
  },
  held: {
    title: 'Bestätige deinen Platz: {competition}',
    text: '{by, select, WAITLIST {Bei {competition} ist ein Platz frei geworden, und du standest auf der Warteliste ganz vorn.} APPLICATION {Deine Bewerbung für {competition} wurde angenommen: Es gibt einen Platz für dich.} other {Bei {competition} gibt es einen Platz für dich.}} Wir halten ihn dir frei bis {when}.',
    note: 'Bestätige ihn bis dahin auf der Seite des Wettbewerbs. Danach geht er an jemand anderen.',
  },
  holdEnding: {
    title: 'Dein Platz ist noch nicht bestätigt: {competition}',
    text: 'Wir halten dir bei {competition} einen Platz frei bis {when}. Du hast ihn noch nicht bestätigt.',
    note: 'Bestätige ihn bis dahin auf der Seite des Wettbewerbs. Danach geht er an jemand anderen.',
  },
  expired: {
    title: 'Dein Platz ist verfallen: {competition}',
    text: 'Wir haben dir bei {competition} einen Platz freigehalten bis {when}. Du hast ihn bis dahin nicht bestätigt. Damit endet deine Anmeldung, und der Platz ist wieder frei.',
    note: 'Solange die Anmeldung noch offen ist, kannst du dich wieder anmelden.',
    noteApply: 'Solange die Anmeldung noch offen ist, kannst du dich wieder bewerben.',
  },
  left: {
    title: 'Du hast dich abgemeldet: {competition}',
    text: 'Du bist nicht mehr für {competition} angemeldet.',
    note: 'Falls du es dir anders überlegst, kannst du dich wieder anmelden, solange die Anmeldung offen ist.',
  },
  withdrawn: {
    title: 'Du hast deine Bewerbung zurückgezogen: {competition}',
    text: 'Deine Bewerbung für {competition} ist zurückgezogen.',
    note: 'Falls du es dir anders überlegst, kannst du dich wieder bewerben, solange die Anmeldung offen ist.',
  },
  removed: {
    title: 'Deine Anmeldung wurde entfernt: {competition}',
    text: 'Deine Anmeldung für {competition} wurde von der Veranstaltungsleitung entfernt.',
  },
  changed: {
    title: '{what, select, date {Neuer Termin} place {Neuer Ort} other {Neuer Termin und Ort}}: {competition}',
    text: '{what, select, date {Der Termin von {competition} hat sich geändert.} place {Der Ort von {competition} hat sich geändert.} other {Termin und Ort von {competition} haben sich geändert.}}',
    undecided: 'Die neuen Angaben stehen noch nicht fest.',
    note: 'Falls dir das nicht passt, kannst du dich auf der Seite des Wettbewerbs abmelden.',
  },
  cancelled: {
    title: 'Abgesagt: {competition}',
    text: '{competition} wurde von der Veranstaltungsleitung abgesagt. Damit endet deine Anmeldung; du musst nichts weiter tun.',
  },
  reminder: {
    title: 'Bald geht’s los: {competition}',
    text: '{competition} beginnt in weniger als 24 Stunden.',
    note: 'Falls du doch nicht kannst, melde dich bitte ab, damit die Veranstaltungsleitung Bescheid weiß.',
  },
  newSignIn: {
    title: 'Neuer Login in deinem Konto',
    text: 'Jemand hat sich in deinem Konto auf einem Gerät angemeldet, das wir noch nicht kennen.',
    note: 'Wenn du das warst, ist alles in Ordnung. Wenn nicht, ändere dein Passwort: Damit werden alle anderen Sitzungen beendet.',
  },
  staffInvited: {
    title: 'Einladung ins Organisationsteam: {competition}',
    text: '{inviter} lädt dich ins Organisationsteam von {competition} ein. Deine Rolle: {role, select, OWNER {Leitung} MANAGER {Verwaltung} REVIEWER {Bewertung} other {Check-in}}.',
    textAnonymous:
      'Du bist ins Organisationsteam von {competition} eingeladen. Deine Rolle: {role, select, OWNER {Leitung} MANAGER {Verwaltung} REVIEWER {Bewertung} other {Check-in}}.',
    note: 'Zum Annehmen loggst du dich mit {email} ein. Die Einladung gilt bis {when}.',
  },
  staffJoined: {
    title: 'Neu im Organisationsteam: {competition}',
    text: '{name} hat die Einladung angenommen und gehört jetzt zum Organisationsteam von {competition}. Rolle: {role, select, OWNER {Leitung} MANAGER {Verwaltung} REVIEWER {Bewertung} other {Check-in}}.',
  },
  staffRemoved: {
    title: 'Du gehörst nicht mehr zum Organisationsteam: {competition}',
    text: 'Du wurdest aus dem Organisationsteam von {competition} entfernt.',
  },
  staffRoleChanged: {
    title: 'Deine Rolle hat sich geändert: {competition}',
    text: 'Im Organisationsteam von {competition} hast du jetzt die Rolle {role, select, OWNER {Leitung} MANAGER {Verwaltung} REVIEWER {Bewertung} other {Check-in}}.',
  },
  invited: {
    title: 'Du bist eingeladen: {competition}',
    text: '{inviter} lädt dich zu {competition} ein. Ein Platz ist für dich reserviert.',
    textAnonymous: 'Du bist zu {competition} eingeladen. Ein Platz ist für dich reserviert.',
    message: 'Die Veranstaltungsleitung schreibt dazu:',
    note: 'Zum Annehmen loggst du dich mit {email} ein. Der Platz ist bis {when} reserviert; danach bekommt ihn jemand anderes.',
  },
  invitationWithdrawn: {
    title: 'Einladung zurückgezogen: {competition}',
    text: 'Die Veranstaltungsleitung hat deine Einladung zu {competition} zurückgezogen. Es ist kein Platz mehr für dich reserviert.',
    cancelled: '{competition} wurde von der Veranstaltungsleitung abgesagt. Damit endet deine Einladung.',
  },
  resetLink: {
    title: 'Neues Passwort festlegen',
    text: 'Jemand, hoffentlich du, möchte das Passwort deines Kontos zurücksetzen. Der Link funktioniert einmal und eine Stunde lang.',
    note: 'Wenn du das nicht warst, musst du nichts tun: Dein Passwort bleibt, wie es ist.',
  },
  verify: {
    title: '{code} ist dein Code für Mini Compete',
    text: 'Gib diesen Code dort ein, wo du ihn angefordert hast, um deine E-Mail-Adresse zu bestätigen. Er gilt 10 Minuten. Wenn du noch im selben Browser bist, kannst du stattdessen den Button benutzen.',
    note: 'Gib diesen Code niemandem weiter. Wenn du ihn nicht angefordert hast, musst du nichts tun: Ohne den Code passiert nichts.',
  },
  addressChanged: {
    title: 'Deine E-Mail-Adresse wird geändert',
    text: 'Jemand, der in deinem Konto eingeloggt ist, möchte dessen E-Mail-Adresse ändern. Die neue Adresse ersetzt diese hier, sobald sie bestätigt ist.',
    note: 'Wenn du das warst, musst du hier nichts tun. Wenn nicht, öffne sofort dein Profil, brich die Änderung ab und ändere dein Passwort: Damit werden alle anderen Sitzungen beendet. Wenn du dich nicht mehr einloggen kannst, wende dich an die Betreiber dieser Seite.',
  },
  exportReady: {
    title: 'Deine Daten stehen zum Herunterladen bereit',
    text: 'Du hast eine Datei mit allem angefordert, was wir über dich gespeichert haben. Du kannst sie 7 Tage lang auf deiner Profilseite herunterladen.',
    note: 'Wenn du sie nicht angefordert hast, ändere dein Passwort: Vielleicht ist jemand anderes in dein Konto eingeloggt.',
  },
  announcement: {
    testSubject: 'Probe: {subject}',
    everyone: 'alle',
    noDate: 'noch nicht festgelegt',
  },
  organizerNote: 'Hinweis der Veranstaltungsleitung:',
  details: {
    when: 'Wann',
    where: 'Wo',
    reason: 'Grund',
    device: 'Gerät',
    address: 'IP-Adresse',
    newEmail: 'Neue Adresse',
  },
  frame: {
    greeting: 'Hallo {name},',
    greetingOnly: 'Hallo,',
    viewCompetition: 'Zum Wettbewerb',
    confirmSeat: 'Platz bestätigen',
    viewInvitation: 'Einladung ansehen',
    viewStaff: 'Organisationsteam ansehen',
    manageCompetition: 'Wettbewerb verwalten',
    reviewSessions: 'Deine Sitzungen ansehen',
    setPassword: 'Neues Passwort festlegen',
    verify: 'E-Mail-Adresse bestätigen',
    openProfile: 'Dein Profil öffnen',
    leaveQuestion: 'Du kannst nicht?',
    leave: 'Vom Wettbewerb abmelden',
    footer: 'Du bekommst diese Nachricht, weil du ein Konto bei Mini Compete hast.',
    footerInvited:
      'Jemand hat diese Adresse bei Mini Compete eingeladen. Wenn du die Person nicht kennst, musst du nichts tun.',
    footerAnnouncement: 'Du bekommst diese Nachricht, weil du dich für einen Wettbewerb angemeldet hast.',
    unsubscribeQuestion: 'Keine Ankündigungen zu diesem Wettbewerb mehr?',
    unsubscribe: 'Abbestellen',
    mailbox: 'Alle deine Nachrichten',
  },
} satisfies Translation<typeof en>;
