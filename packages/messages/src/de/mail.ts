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
  noShow: {
    title: 'Dein Platz wurde freigegeben: {competition}',
    text: 'Du warst nach dem Beginn von {competition} noch nicht eingecheckt. Deshalb wurde dein Platz freigegeben.',
    note: 'Du bist da, oder es war ein Versehen? Sprich am Eingang mit dem Organisationsteam.',
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
  /** Messages to the members of a team. `isCaptain`: whether the reader is. */
  team: {
    reinstated: 'Die Veranstaltungsleitung hat die Anmeldung deines Teams {team} für {competition} wiederhergestellt.',
    confirmed: {
      title: '{team} ist dabei: {competition}',
      text: '{by, select, HOLD {{isCaptain, select, yes {Danke fürs Bestätigen.} other {Die Teamleitung hat bestätigt.}} Dein Team {team} ist bei {competition} dabei.} APPLICATION {Die Bewerbung deines Teams {team} für {competition} wurde angenommen, und du bist dabei.} other {Dein Team {team} ist für {competition} angemeldet, und du bist dabei.}}',
      note: 'Falls du doch nicht kannst, verlass bitte das Team, damit die anderen und die Veranstaltungsleitung Bescheid wissen.',
    },
    promoted: {
      title: '{team} ist nachgerückt: {competition}',
      text: 'Bei {competition} ist Platz für dein Team {team}, und es stand auf der Warteliste ganz vorn. Ihr seid dabei.',
      note: 'Falls du nicht mehr kannst, verlass bitte das Team, damit die anderen und die Veranstaltungsleitung Bescheid wissen.',
    },
    waiting: {
      title: '{team} steht auf der Warteliste: {competition}',
      text: '{by, select, APPLICATION {Die Veranstaltungsleitung hat dein Team {team} auf die Warteliste von {competition} gesetzt.} other {Bei {competition} ist noch kein Platz für euer ganzes Team, und {team} steht auf der Warteliste.}} Sobald ihr an der Reihe seid, rückt dein Team automatisch nach, und wir sagen dir Bescheid.',
      textToConfirm:
        '{by, select, APPLICATION {Die Veranstaltungsleitung hat dein Team {team} auf die Warteliste von {competition} gesetzt.} other {Bei {competition} ist noch kein Platz für euer ganzes Team, und {team} steht auf der Warteliste.}} Sobald ihr an der Reihe seid, halten wir den Platz deines Teams frei und bitten {isCaptain, select, yes {dich} other {die Teamleitung}}, ihn zu bestätigen.',
    },
    notPromoted: {
      text: 'Die Warteliste von {competition} ist geschlossen, und für dein Team {team} war kein Platz. Schade, dass es nicht geklappt hat.',
    },
    applied: {
      reinstated: 'Die Veranstaltungsleitung hat die Bewerbung deines Teams {team} für {competition} wieder geöffnet.',
      text: 'Dein Team {team} hat sich für {competition} beworben. Die Veranstaltungsleitung entscheidet, wer teilnimmt. Sobald es so weit ist, sagen wir dir Bescheid.',
      note: 'Bis dahin musst du nichts tun. Auf der Seite des Teams {isCaptain, select, yes {kannst du} other {kann die Teamleitung}} die Bewerbung von {team} zurückziehen.',
    },
    decisionsLate: {
      note: 'Die Bewerbung deines Teams {team} bleibt bestehen. Sobald es eine Entscheidung gibt, sagen wir dir Bescheid.',
    },
    rejected: {
      text: 'Die Veranstaltungsleitung hat die Bewerbung deines Teams {team} für {competition} nicht angenommen. Schade, dass es nicht geklappt hat.',
    },
    held: {
      title:
        '{isCaptain, select, yes {Bestätige für dein Team} other {Die Teamleitung muss bestätigen}}: {competition}',
      text: '{by, select, WAITLIST {Bei {competition} ist Platz für dein Team {team}, und es stand auf der Warteliste ganz vorn.} APPLICATION {Die Bewerbung deines Teams {team} für {competition} wurde angenommen.} other {Bei {competition} ist Platz für dein Team {team}.}} Wir halten ihn euch frei bis {when}.',
      note: '{isCaptain, select, yes {Bestätige ihn bis dahin als Teamleitung auf der Seite des Wettbewerbs.} other {Bestätigen muss ihn bis dahin eure Teamleitung, {captain}.}} Danach geht er an andere.',
    },
    holdEnding: {
      title:
        '{isCaptain, select, yes {Dein Team braucht noch deine Bestätigung} other {Die Teamleitung muss noch bestätigen}}: {competition}',
      text: 'Wir halten den Platz deines Teams {team} bei {competition} frei bis {when}. Er ist noch nicht bestätigt.',
    },
    expired: {
      title: 'Der Platz deines Teams ist verfallen: {competition}',
      text: 'Wir haben deinem Team {team} bei {competition} einen Platz freigehalten bis {when}. Er wurde bis dahin nicht bestätigt. Damit endet die Anmeldung deines Teams.',
      note: 'Solange die Anmeldung noch offen ist, kann die Teamleitung das Team wieder anmelden.',
      noteApply: 'Solange die Anmeldung noch offen ist, kann die Teamleitung das Team wieder bewerben.',
    },
    left: {
      title: '{team} ist nicht mehr angemeldet: {competition}',
      text: '{isCaptain, select, yes {Du hast} other {Die Teamleitung hat}} dein Team {team} von {competition} abgemeldet.',
      note: 'Das Team selbst bleibt bestehen. Es kann sich wieder anmelden, solange die Anmeldung offen ist.',
    },
    withdrawn: {
      title: '{team} hat die Bewerbung zurückgezogen: {competition}',
      text: '{isCaptain, select, yes {Du hast} other {Die Teamleitung hat}} die Bewerbung deines Teams {team} für {competition} zurückgezogen.',
    },
    removed: {
      title: 'Die Anmeldung von {team} wurde entfernt: {competition}',
      text: 'Die Anmeldung deines Teams {team} für {competition} wurde von der Veranstaltungsleitung entfernt.',
    },
    /** To who has left the team, and to whom its captain has removed. */
    leftIt: {
      title: 'Du hast {team} verlassen: {competition}',
      text: 'Du gehörst nicht mehr zum Team {team} bei {competition}.',
    },
    removedFromIt: {
      title: 'Du wurdest aus {team} entfernt: {competition}',
      text: 'Die Teamleitung hat dich aus dem Team {team} bei {competition} entfernt.',
    },
    noShow: {
      title: 'Du bist nicht mehr im Team {team}: {competition}',
      text: 'Du warst nach dem Beginn von {competition} noch nicht eingecheckt. Deshalb wurde dein Platz freigegeben, und das Team {team} macht ohne dich weiter.',
    },
    joined: {
      title: 'Du bist im Team {team}: {competition}',
      text: '{standing, select, SEATED {Du bist dem Team {team} beigetreten und bei {competition} dabei.} HELD {Du bist dem Team {team} beigetreten. Wir halten ihm bei {competition} einen Platz frei bis {when}.} WAITLISTED {Du bist dem Team {team} beigetreten. Auf der Warteliste von {competition} hat es die Position {position, number}. {mustConfirm, select, yes {Sobald ihr an der Reihe seid, halten wir den Platz deines Teams frei und bitten {isCaptain, select, yes {dich} other {die Teamleitung}}, ihn zu bestätigen.} other {Sobald ihr an der Reihe seid, rückt dein Team automatisch nach.}}} APPLIED {Du bist dem Team {team} beigetreten, das sich für {competition} beworben hat. Sobald es eine Entscheidung gibt, sagen wir dir Bescheid.} other {{isCaptain, select, yes {Du leitest das Team {team} für {competition}. Es ist noch nicht angemeldet: Gib den Beitrittscode weiter, und melde das Team an, sobald alle dabei sind.} other {Du bist dem Team {team} für {competition} beigetreten. Es ist noch nicht angemeldet; das macht eure Teamleitung, {captain}.}}}}',
    },
    changed: {
      title:
        '{event, select, JOINED {{name} gehört jetzt zu {team}} LEFT {{name} hat {team} verlassen} REMOVED {{name} wurde aus {team} entfernt} NO_SHOW {{name} ist nicht mehr in {team}} CAPTAIN {{isCaptain, select, yes {Du leitest jetzt {team}} other {{name} leitet jetzt {team}}}} other {Jemand hat {team} verlassen}}: {competition}',
      text: '{event, select, JOINED {{name} ist deinem Team {team} für {competition} beigetreten.} LEFT {{name} hat dein Team {team} für {competition} verlassen.} REMOVED {Die Teamleitung hat {name} aus deinem Team {team} für {competition} entfernt.} NO_SHOW {{name} war nach dem Beginn von {competition} noch nicht eingecheckt. Deshalb hat das Organisationsteam den Platz in deinem Team {team} freigegeben.} CAPTAIN {{isCaptain, select, yes {Du leitest jetzt dein Team {team} für {competition}. Du meldest es an, bestätigst seinen Platz und kannst es abmelden.} other {{name} leitet jetzt dein Team {team} für {competition}.}}} other {Jemand aus deinem Team {team} für {competition} hat das eigene Konto gelöscht.}}',
    },
    belowMinimum: {
      title: '{team} braucht noch {missing, plural, one {# Mitglied} other {# Mitglieder}}: {competition}',
      text: 'Dein Team {team} ist zu klein geworden für {competition}: {missing, plural, one {# Person muss} other {# Personen müssen}} noch beitreten, spätestens bis {when}. Sonst endet die Anmeldung des Teams.',
      note: 'Den Beitrittscode findest du auf der Seite des Teams.',
    },
    tooSmall: {
      title: '{team} war zu klein: {competition}',
      text: 'Bei {competition} brauchen Teams mindestens {teamMin, plural, one {# Mitglied} other {# Mitglieder}}. Dein Team {team} hatte weniger, als die Teams festgelegt wurden. Damit endet seine Anmeldung.',
    },
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
  invitationExpired: {
    title: 'Einladung abgelaufen: {competition}',
    text: 'Die Einladung zu {competition} wurde nicht bis {when} angenommen. Der Platz ist deshalb nicht mehr für dich reserviert.',
    note: 'Ob du noch mitmachen kannst, steht auf der Seite des Wettbewerbs.',
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
  device: {
    onSystem: '{browser} auf {system}',
    unknown: 'Unbekanntes Gerät',
  },
  frame: {
    greeting: 'Hallo {name},',
    greetingOnly: 'Hallo,',
    viewCompetition: 'Zum Wettbewerb',
    ticket: 'Dein Ticket',
    ticketNumber: 'Ticketnummer {number}',
    ticketPicture: 'QR-Code deines Tickets',
    ticketHint: 'Zeig diesen Code am Eingang, auf dem Handy oder auf Papier.',
    showTicket: 'Ticket anzeigen',
    confirmSeat: 'Platz bestätigen',
    viewTeam: 'Team ansehen',
    viewInvitation: 'Einladung ansehen',
    viewStaff: 'Organisationsteam ansehen',
    manageCompetition: 'Wettbewerb verwalten',
    reviewSessions: 'Deine Sitzungen ansehen',
    setPassword: 'Neues Passwort festlegen',
    verify: 'E-Mail-Adresse bestätigen',
    openProfile: 'Dein Profil öffnen',
    leaveQuestion: 'Du kannst nicht?',
    leave: 'Vom Wettbewerb abmelden',
    leaveTeam: 'Das Team verlassen',
    footer: 'Du bekommst diese Nachricht, weil du ein Konto bei Mini Compete hast.',
    footerInvited:
      'Jemand hat diese Adresse bei Mini Compete eingeladen. Wenn du die Person nicht kennst, musst du nichts tun.',
    footerAnnouncement: 'Du bekommst diese Nachricht, weil du dich für einen Wettbewerb angemeldet hast.',
    unsubscribeQuestion: 'Keine Ankündigungen zu diesem Wettbewerb mehr?',
    unsubscribe: 'Abbestellen',
    mailbox: 'Alle deine Nachrichten',
  },
} satisfies Translation<typeof en>;
