import type { staffInvitation as en } from '../en/staff-invitation.js';
import type { Translation } from '../en/translation.js';

export const staffInvitation = {
  title: 'Einladung ins Organisationsteam',
  signInTitle: 'Du bist eingeladen, bei einem Wettbewerb mitzuhelfen',
  signInText:
    'Logge dich mit der Adresse ein, die die Einladung bekommen hat. Wenn du noch kein Konto hast, erstelle eins.',
  signIn: 'Einloggen',
  signUp: 'Konto erstellen',
  question: 'Ins Organisationsteam von <n>{title}</n>?',
  text: '<n>{inviter}</n> lädt dich ein. Deine Rolle: <b>{role}</b>.',
  textAnonymous: 'Du bist eingeladen. Deine Rolle: <b>{role}</b>.',
  abilities: 'Was du darfst: {text}',
  expires: 'Die Einladung gilt bis {when}.',
  accept: 'Einladung annehmen',
  notVerifiedTitle: 'Bestätige zuerst deine E-Mail-Adresse',
  notVerifiedText: 'Annehmen kannst du die Einladung erst, wenn feststeht, dass <address>{email}</address> dir gehört.',
  verify: 'E-Mail-Adresse bestätigen',
  registeredTitle: 'Du bist für diesen Wettbewerb angemeldet',
  registeredText:
    'Wer zum Organisationsteam gehört, kann nicht selbst teilnehmen. Melde dich erst ab und öffne dann diesen Link noch einmal.',
  viewCompetition: 'Wettbewerb ansehen',
  otherTitle: 'Diese Einladung ist für eine andere Adresse',
  otherText:
    'Du bist als <address>{email}</address> eingeloggt. Logge dich aus und dann mit der Adresse ein, die die Einladung bekommen hat.',
  alreadyTitle: 'Du gehörst schon zum Organisationsteam',
  alreadyText: 'Du findest den Wettbewerb unter „Meine Wettbewerbe“.',
  myCompetitions: 'Meine Wettbewerbe',
  closedTitle: 'Diese Einladung ist nicht mehr offen',
  notFoundTitle: 'Dieser Link ist ungültig',
  notFoundText: 'Vielleicht ist er unvollständig. Kopiere den ganzen Link aus der Nachricht.',
  home: 'Startseite',
} satisfies Translation<typeof en>;
