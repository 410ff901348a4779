import type { teamPage as en } from '../en/team-page.js';
import type { Translation } from '../en/translation.js';

export const teamPage = {
  metaTitle: 'Dein Team für {title}',
  back: 'Zurück zu {title}',
  create: {
    title: 'Team gründen',
    text: 'Du wirst Captain. Teile den Code des Teams mit den anderen und melde das Team an, sobald alle dabei sind.',
    name: 'Name des Teams',
    nameHelp: 'Alle können ihn sehen. Du kannst ihn später ändern.',
    questions: 'Fragen an jedes Mitglied',
    submit: 'Team gründen',
    submitting: 'Wird gegründet …',
    created: 'Dein Team „{name}“ steht. Teile jetzt den Code.',
    haveCode: 'Du hast einen Code bekommen? <link>Team beitreten</link>',
    lockedTitle: 'Die Teams stehen fest',
    lockedText: 'Seit {when} kann für diesen Wettbewerb niemand mehr ein Team gründen oder beitreten.',
  },
  status: {
    none: 'Noch nicht angemeldet',
    seat: 'Angemeldet',
    waitlist: 'Nummer {position} auf der Warteliste',
    application: 'Beworben',
    hold: 'Freigehalten bis {when}',
  },
  next: {
    register: 'Zur Anmeldung',
    confirm: 'Zur Bestätigung',
    captain: '<name>{captain}</name> meldet das Team an.',
    captainConfirms: '<name>{captain}</name> muss noch bestätigen.',
    ineligible: 'Einige Mitglieder sind noch nicht so weit, siehe unten.',
  },
  locked: {
    title: 'Die Teams stehen fest',
    text: 'Seit {when} kann niemand mehr beitreten, und der Captain kann niemanden entfernen. Verlassen kannst du das Team weiterhin.',
  },
  rename: {
    open: 'Umbenennen',
    label: 'Name des Teams',
    save: 'Namen speichern',
    saving: 'Wird gespeichert …',
    done: 'Dein Team heißt jetzt „{name}“.',
  },
  member: {
    makeCaptain: 'Zum Captain machen …',
    remove: 'Entfernen …',
  },
  captaincy: {
    title: '{name} zum Captain machen?',
    text: 'Der Captain kann das Team anmelden, Mitglieder entfernen und das Team umbenennen. Du bleibst Mitglied.',
    confirm: 'Zum Captain machen',
    done: '{name} ist jetzt Captain.',
  },
  remove: {
    title: '{name} aus dem Team entfernen?',
    text: 'Das Mitglied bekommt eine Nachricht. Mit dem Code kann es wieder beitreten: Hol einen neuen Code, wenn du das nicht möchtest.',
    confirm: 'Entfernen',
    done: '{name} ist nicht mehr im Team.',
  },
  newCode: {
    open: 'Neuen Code holen …',
    title: 'Neuen Code holen?',
    text: 'Der alte Code und sein Link gelten dann sofort nicht mehr. Die Mitglieder bleiben im Team.',
    confirm: 'Neuen Code holen',
    done: 'Dein Team hat einen neuen Code.',
  },
  effect: {
    seat: 'Der Platz geht sofort an andere.',
    mySeat: 'Dein Platz geht sofort an andere.',
    captain: '{name} wird Captain.',
    below: 'Das Team ist dann zu klein. Tritt bis {when} niemand bei, endet seine Anmeldung.',
    last: 'Außer dir ist niemand im Team, also endet es.',
    lastRegistered: 'Außer dir ist niemand im Team, also enden das Team und seine Anmeldung.',
  },
  leave: {
    section: 'Verlassen',
    open: 'Team verlassen …',
    title: '{name} verlassen?',
    text: 'Du machst dann nicht mehr mit diesem Team mit. Mit dem Code kannst du wieder beitreten, solange die Teams offen sind.',
    textLocked:
      'Du machst dann nicht mehr mit diesem Team mit. Die Teams stehen fest, du kannst nicht wieder beitreten.',
    confirm: 'Team verlassen',
    done: 'Du hast „{name}“ verlassen.',
  },
  withdraw: {
    open: {
      seat: 'Anmeldung zurückziehen …',
      waitlist: 'Warteliste verlassen …',
      application: 'Bewerbung zurückziehen …',
      hold: 'Plätze ablehnen …',
    },
    title: {
      seat: 'Anmeldung von {name} zurückziehen?',
      waitlist: '{name} von der Warteliste nehmen?',
      application: 'Bewerbung von {name} zurückziehen?',
      hold: 'Die Plätze von {name} ablehnen?',
    },
    text: {
      seat: 'Alle eure Plätze gehen sofort an andere. Das lässt sich nicht rückgängig machen.',
      waitlist: 'Dein Team gibt seine Position auf.',
      application: 'Darüber wird dann nicht mehr entschieden.',
      hold: 'Die Plätze gehen sofort an andere. Das lässt sich nicht rückgängig machen.',
    },
    stays: 'Das Team selbst bleibt zusammen, und alle Mitglieder bekommen eine Nachricht.',
    confirm: {
      seat: 'Zurückziehen',
      waitlist: 'Warteliste verlassen',
      application: 'Bewerbung zurückziehen',
      hold: 'Ablehnen',
    },
    done: 'Dein Team ist nicht mehr angemeldet.',
  },
} satisfies Translation<typeof en>;
