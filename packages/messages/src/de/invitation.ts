import type { invitation as en } from '../en/invitation.js';
import type { Translation } from '../en/translation.js';

export const invitation = {
  title: 'Einladung',
  signInTitle: 'Du bist zu einem Wettbewerb eingeladen',
  signInText:
    'Logge dich mit der Adresse ein, die die Einladung bekommen hat. Wenn du noch kein Konto hast, erstelle eins.',
  signIn: 'Einloggen',
  signUp: 'Konto erstellen',
  question: 'Bei <n>{title}</n> mitmachen?',
  text: '<n>{inviter}</n> hat einen Platz für dich reserviert.',
  textAnonymous: 'Ein Platz ist für dich reserviert.',
  starts: 'Beginn: {when}',
  message: 'Die Veranstaltungsleitung schreibt',
  expires: 'Der Platz ist bis {when} reserviert.',
  waitlisted: 'Du stehst auf der Warteliste. Wenn du annimmst, verlässt du sie und hast sofort deinen Platz.',
  applied: 'Du hast dich beworben. Wenn du annimmst, hast du sofort deinen Platz.',
  accept: 'Annehmen und anmelden',
  view: 'Wettbewerb ansehen',
  accepted: 'Du bist dabei: {title}',
  notVerifiedTitle: 'Bestätige zuerst deine E-Mail-Adresse',
  notVerifiedText: 'Annehmen kannst du die Einladung erst, wenn feststeht, dass <address>{email}</address> dir gehört.',
  verify: 'E-Mail-Adresse bestätigen',
  organizerTitle: 'Dieses Konto kann nicht teilnehmen',
  organizerText:
    'Du hast dieses Konto zum Veranstalten erstellt. Lass dir eine Einladung an eine Adresse schicken, mit deren Konto du teilnimmst.',
  otherTitle: 'Diese Einladung ist für eine andere Adresse',
  otherText:
    'Du bist als <address>{email}</address> eingeloggt. Logge dich aus und dann mit der Adresse ein, die die Einladung bekommen hat.',
  alreadyTitle: 'Du bist schon angemeldet',
  alreadyText: 'Es gibt nichts mehr anzunehmen.',
  usedTitle: 'Du hast diese Einladung angenommen',
  staffTitle: 'Du gehörst zum Organisationsteam',
  closedTitle: 'Diese Einladung ist nicht mehr offen',
  notFoundTitle: 'Dieser Link ist ungültig',
  notFoundText: 'Vielleicht ist er unvollständig. Kopiere den ganzen Link aus der Nachricht.',
  myRegistrations: 'Meine Anmeldungen',
  home: 'Startseite',
} satisfies Translation<typeof en>;
