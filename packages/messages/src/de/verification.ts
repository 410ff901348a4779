import type { Translation } from '../en/translation.js';
import type { verification as en } from '../en/verification.js';

export const verification = {
  title: 'Bestätige deine E-Mail-Adresse',
  sent: 'Wir haben einen 6-stelligen Code an <address>{email}</address> geschickt. Er gilt 10 Minuten.',
  notSent: 'Wir schicken einen 6-stelligen Code an <address>{email}</address>.',
  terminal: 'Hier ist kein Mailserver eingerichtet. Der Code steht deshalb im Terminal, in dem Mini Compete läuft.',
  unavailable: 'Diese Seite kann keine E-Mails verschicken. Bitte die Betreiber, deine Adresse zu bestätigen.',
  loading: 'Wird geladen …',
  code: 'Code',
  codeHelp: 'Nach einer Minute noch nichts da? Sieh im Spam-Ordner nach.',
  triesLeft:
    '{count, plural, =0 {Fordere einen neuen Code an.} one {Du hast noch # Versuch.} other {Du hast noch # Versuche.}}',
  submit: 'Bestätigen',
  submitting: 'Wird bestätigt …',
  send: 'Code schicken',
  resend: 'Neuen Code schicken',
  sending: 'Wird geschickt …',
  resendIn: 'In {duration} kannst du einen neuen Code anfordern.',
  resent: 'Ein neuer Code ist unterwegs. Frühere gelten nicht mehr.',
  wrongAddress: 'Falsche Adresse? <link>Ändere sie</link>',
  done: {
    title: 'Deine E-Mail-Adresse ist bestätigt',
    text: '<address>{email}</address> gehört dir. Wenn du in einem anderen Tab angefangen hast, kannst du diese Seite schließen: Dort geht es weiter.',
    next: 'Weiter',
  },
  link: {
    text: 'Bestätige, dass <address>{email}</address> deine Adresse ist.',
    submit: 'E-Mail-Adresse bestätigen',
    useCode: 'Stattdessen den Code eingeben',
  },
  signedOut: {
    text: 'Öffne diesen Link in dem Browser, in dem du ihn angefordert hast, oder logge dich ein und gib den Code aus der E-Mail ein.',
    signIn: 'Einloggen',
  },
  toRegister: {
    title: 'Noch ein Schritt: Schau in dein Postfach',
    text: 'Gib den Code ein, dann bist du sofort angemeldet.',
    join: 'Gib den Code ein, dann bist du sofort auf der Warteliste.',
    cancel: 'Abbrechen',
  },
  profile: {
    title: 'E-Mail',
    text: 'Damit loggst du dich ein, und dorthin gehen Nachrichten.',
    current: 'Aktuelle Adresse',
    verified: 'Bestätigt',
    unverified: 'Nicht bestätigt',
    verify: 'Bestätigen',
    pending: 'Deine neue Adresse <address>{email}</address> gilt, sobald sie bestätigt ist.',
    enterCode: 'Code eingeben',
    cancelChange: 'Aktuelle Adresse behalten',
    canceled: 'Deine Adresse bleibt, wie sie ist.',
    newEmail: 'Neue E-Mail-Adresse',
    newEmailHelp: 'Wir schicken einen Code dorthin. Deine aktuelle Adresse bekommt eine Nachricht darüber.',
    password: 'Aktuelles Passwort, damit wir wissen, dass du es bist',
    change: 'E-Mail-Adresse ändern',
  },
} satisfies Translation<typeof en>;
