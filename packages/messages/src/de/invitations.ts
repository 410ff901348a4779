import type { invitations as en } from '../en/invitations.js';
import type { Translation } from '../en/translation.js';

export const invitations = {
  metaTitle: 'Einladungen zu {title}',
  invite: {
    title: 'Leute einladen',
    emails: 'E-Mail-Adressen',
    emailsHelp:
      'Tippe sie ein oder füge sie ein, getrennt durch Kommas, Leerzeichen oder Zeilen. Ein Konto braucht dafür noch niemand.',
    valid: '{count, plural, =0 {Noch keine Adressen} one {# Adresse} other {# Adressen}}',
    repeated:
      '{count, plural, one {Eine Adresse steht doppelt da und zählt einmal.} other {# Adressen stehen doppelt da und zählen einmal.}}',
    invalid: '{count, plural, one {Das ist keine E-Mail-Adresse:} other {Das sind keine E-Mail-Adressen:}}',
    removeInvalid: '{count, plural, one {Entfernen} other {Alle entfernen}}',
    tooMany: 'Lade höchstens {max} Leute auf einmal ein, oder importiere eine Datei.',
    none: 'Gib mindestens eine E-Mail-Adresse ein.',
    expires: 'Plätze reservieren bis',
    expiresHelp: 'Danach gehen ungenutzte Plätze an andere.',
    message: 'Nachricht',
    messageHelp: 'Steht mit in der Einladung.',
    free: '{count, plural, =0 {Im Moment ist kein Platz frei.} one {# Platz ist frei.} other {# Plätze sind frei.}}',
    waitlist:
      'Es stehen Leute auf der Warteliste, und freie Plätze gehen zuerst an sie. Erhöhe die Zahl der Plätze, um mehr Leute einzuladen.',
    effect:
      '{count, plural, one {Ein Platz wird reserviert und eine Einladung verschickt.} other {# Plätze werden reserviert und # Einladungen verschickt.}}',
    submit: '{count, plural, =0 {Einladen} one {Eine Person einladen} other {# Leute einladen}}',
    done: '{count, plural, =0 {Niemand wurde neu eingeladen.} one {Eine Person wurde eingeladen.} other {# Leute wurden eingeladen.}}',
    skipped: 'Keine Einladung nötig:',
    reason: {
      ALREADY_INVITED: 'schon eingeladen',
      ALREADY_REGISTERED: 'schon angemeldet',
      STAFF_CANNOT_REGISTER: 'im Organisationsteam',
    },
  },
  import: {
    title: 'Du hast eine Liste?',
    text: 'Importiere eine CSV-Datei, zum Beispiel aus einer Tabellenkalkulation.',
    open: 'Datei importieren',
  },
  list: {
    title: 'Einladungen',
    filter: 'Anzeigen',
    state: {
      all: 'Alle',
      open: 'Offen',
      redeemed: 'Angenommen',
      withdrawn: 'Zurückgezogen',
      expired: 'Abgelaufen',
      cancelled: 'Wettbewerb abgesagt',
    },
    searchLabel: 'Einladungen durchsuchen',
    placeholder: 'Name oder E-Mail',
    search: 'Suchen',
    count: '{count, plural, one {# Einladung} other {# Einladungen}}',
    countMany: 'Mehr als 10.000 Einladungen',
    emptyTitle: 'Noch keine Einladungen',
    emptyText:
      'Lade Leute per E-Mail ein. Jede Einladung reserviert einen Platz, bis sie angenommen wird oder abläuft.',
    noMatchTitle: 'Keine Treffer',
    noMatchText: 'Versuche es mit einer anderen Adresse, oder zeige alle Einladungen.',
    showAll: 'Alle anzeigen',
    until: 'Bis {when}',
    unsent: 'Noch nicht verschickt',
    by: 'von <n>{name}</n>',
    erased: 'Gelöschtes Konto',
  },
  actions: {
    copy: 'Link kopieren',
    copyFor: 'Link kopieren für {email}',
    copied: 'Link kopiert',
    send: 'Verschicken',
    resend: 'Erneut senden',
    sendTo: 'Verschicken an {email}',
    resendTo: 'Erneut senden an {email}',
    sent: 'Die Einladung an {email} ist unterwegs.',
    withdraw: 'Zurückziehen …',
    withdrawFrom: 'Einladung an {email} zurückziehen',
    withdrawTitle: 'Diese Einladung zurückziehen?',
    withdrawText:
      'Der für {email} reservierte Platz geht an die Warteliste oder wird frei. Wurde die Einladung schon verschickt, kommt eine Nachricht.',
    withdrawConfirm: 'Einladung zurückziehen',
    withdrawn: 'Einladung an {email} zurückgezogen.',
    refusal: {
      INVITATION_NOT_FOUND: 'Diese Einladung gibt es nicht mehr.',
      INVITATION_USED: 'Diese Einladung wurde gerade angenommen.',
      INVITATION_WITHDRAWN: 'Diese Einladung wurde schon zurückgezogen.',
      INVITATION_EXPIRED: 'Diese Einladung ist abgelaufen.',
      COMPETITION_CANCELLED: 'Der Wettbewerb wurde abgesagt.',
      TOO_MANY_REQUESTS: 'Sie wurde vor weniger als einer Minute verschickt.',
    },
    sendUnsent:
      '{count, plural, one {# noch nicht verschickte Einladung senden} other {# noch nicht verschickte Einladungen senden}}',
    sentUnsent: '{count, plural, one {# Einladung ist unterwegs.} other {# Einladungen sind unterwegs.}}',
  },
} satisfies Translation<typeof en>;
