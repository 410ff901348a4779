import type { teamPanel as en } from '../en/team-panel.js';
import type { Translation } from '../en/translation.js';

export const teamPanel = {
  title: 'Dein Team',
  view: 'Team ansehen',
  manage: 'Team verwalten',
  find: {
    title: 'Hier machst du im Team mit',
    text: 'Gründe ein Team und teile seinen Code, oder tritt mit einem Code bei. Der Captain meldet alle an.',
    create: 'Team gründen',
    join: 'Mit Code beitreten',
    locked: 'Die Teams stehen seit {when} fest. Niemand kann mehr eins gründen oder beitreten.',
  },
  action: {
    takes: 'Damit meldest du alle im Team an. Ihr nehmt {seats, plural, one {# Platz} other {# Plätze}} ein.',
    applies:
      'Damit bewirbst du dich für alle im Team. Ihr würdet {seats, plural, one {# Platz} other {# Plätze}} einnehmen.',
    notEnough:
      '{left, plural, =0 {Es ist kein Platz mehr frei.} one {Es ist nur noch # Platz frei, und dein Team braucht {seats, number}.} other {Es sind nur noch # Plätze frei, und dein Team braucht {seats, number}.}}',
    first: 'Dein Team wäre die Nummer 1 auf der Warteliste.',
    position: 'Dein Team wäre Nummer {position, number} auf der Warteliste.',
    automatic: 'Sobald genug Plätze für euch alle frei sind, bekommt ihr sie automatisch.',
    hold: 'Sobald genug Plätze für euch alle frei sind, halten wir sie {unit, select, days {{count, plural, one {# Tag} other {# Tage}}} other {{count, plural, one {# Stunde} other {# Stunden}}}} lang frei und bitten dich, sie zu bestätigen.',
    confirm: '{seats, plural, one {Platz bestätigen} other {# Plätze bestätigen}}',
    captain: '<name>{captain}</name> ist euer Captain und meldet das Team an.',
    captainApplies: '<name>{captain}</name> ist euer Captain und bewirbt sich für das Team.',
  },
  refused: {
    DISABLED: 'Das Konto von <name>{member}</name> ist gesperrt. Entferne das Mitglied, um ohne es weiterzumachen.',
    STAFF: '<name>{member}</name> gehört zum Organisationsteam dieses Wettbewerbs und kann nicht teilnehmen.',
    EMAIL_NOT_VERIFIED: '<name>{member}</name> muss zuerst die E-Mail-Adresse bestätigen.',
    ANSWERS_MISSING: '<name>{member}</name> muss zuerst die Fragen an die Mitglieder beantworten.',
    full: 'Für dein ganzes Team reichen die Plätze nicht. Ihr könnt auf die Warteliste.',
  },
  mine: {
    registered: 'Dein Team ist dabei',
    wasRegistered: 'Dein Team war angemeldet',
    gotNoSeat: 'Für dein Team wurden keine Plätze frei',
    waitlisted: 'Dein Team ist Nummer {position} auf der Warteliste',
    applied: 'Dein Team hat sich beworben',
    held: '{seats, plural, one {Für dein Team ist ein Platz frei} other {Für dein Team sind # Plätze frei}}',
    team: '<name>{team}</name>, {count, number} von {max, plural, one {# Mitglied} other {# Mitgliedern}}',
    confirming: 'Eure Plätze sind reserviert. Die Bestätigung kommt gleich in euer Postfach.',
    confirmed: 'Eure Plätze sind bestätigt. Alles Weitere steht bei jedem von euch im Postfach.',
    promoted:
      'Es sind Plätze frei geworden, und sie gehören euch. Im Postfach liegt für jeden von euch eine Nachricht.',
    waiting:
      'Sobald genug Plätze für euch alle frei sind, bekommt ihr sie automatisch und jeder von euch eine Nachricht.',
    waitingHold:
      'Sobald genug Plätze für euch alle frei sind, halten wir sie frei und schicken jedem von euch eine Nachricht. Mit der Bestätigung des Captains gehören sie euch.',
    noMorePromotions: 'Die Anmeldung ist geschlossen, die Warteliste rückt nicht mehr auf.',
    appliedText:
      'Die Veranstaltungsleitung entscheidet, wer teilnimmt. Jeder von euch bekommt eine Nachricht, sobald es so weit ist.',
    heldText: 'Bestätige bis {when}. Danach gehen die Plätze an andere.',
    heldCaptain: '<name>{captain}</name>, euer Captain, muss bis {when} bestätigen. Danach gehen die Plätze an andere.',
  },
  ended: {
    title: 'Dein Team war zu klein',
    text: 'Als die Teams am {when} feststanden, hatte es weniger als {min, plural, one {# Mitglied} other {# Mitglieder}}. Deshalb ist seine Anmeldung beendet.',
  },
} satisfies Translation<typeof en>;
