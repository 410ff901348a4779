import type { layout as en } from '../en/layout.js';
import type { Translation } from '../en/translation.js';

export const layout = {
  description: 'Wettbewerbe mit Plätzen, die man sieht: finden, anmelden, wissen, woran du bist.',
  skipToContent: 'Zum Inhalt springen',
  home: 'Mini Compete, Startseite',
  mainNavigation: 'Hauptmenü',
  menu: 'Menü',
  competitions: 'Wettbewerbe',
  myRegistrations: 'Meine Anmeldungen',
  myCompetitions: 'Meine Wettbewerbe',
  mailbox: 'Postfach',
  unread: '{count, plural, one {# ungelesene Nachricht} other {# ungelesene Nachrichten}}',
  organize: 'Veranstalten',
  admin: 'Verwaltung',
  signIn: 'Einloggen',
  signUp: 'Konto erstellen',
  search: 'Wettbewerbe suchen',
  account: {
    label: 'Konto von {name}',
    navigation: 'Konto',
    role: { PARTICIPANT: 'Teilnahme', ORGANIZER: 'Veranstaltung', ADMIN: 'Administration' },
    profile: 'Profil und Sitzungen',
    signOut: 'Ausloggen',
    signingOut: 'Wird ausgeloggt …',
    stillSignedIn: 'Du bist noch eingeloggt. {reason}',
  },
  verify: {
    offered: 'Bestätige deine E-Mail-Adresse.',
    required:
      'Bestätige deine E-Mail-Adresse, um {role, select, ORGANIZER {Wettbewerbe anzulegen} other {dich zu Wettbewerben anzumelden}}.',
    open: 'Code eingeben',
    label: 'Bestätigung der E-Mail-Adresse',
  },
  theme: { label: 'Darstellung', system: 'Wie im System', light: 'Hell', dark: 'Dunkel' },
  language: 'Sprache',
  footer: {
    motto: 'Die Anmeldung, die keinen Platz zweimal vergibt.',
    navigation: 'Mehr',
    api: 'API',
    version: 'Version {version}',
  },
  error: {
    title: 'Da ist etwas schiefgegangen',
    heading: 'Diese Seite konnte nicht geladen werden',
    safe: 'Deine Anmeldungen sind sicher. Versuche es gleich noch einmal.',
    reference: 'Falls es wieder passiert, nenne diese Kennung: {reference}',
    home: 'Startseite',
  },
  notFound: {
    title: 'Seite nicht gefunden',
    heading: 'Unter dieser Adresse gibt es nichts',
    text: 'Vielleicht ist der Link unvollständig, oder der Wettbewerb wurde gelöscht.',
    search: 'Wettbewerbe suchen',
  },
} satisfies Translation<typeof en>;
