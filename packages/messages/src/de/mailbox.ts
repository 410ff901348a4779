import type { mailbox as en } from '../en/mailbox.js';
import type { Translation } from '../en/translation.js';

export const mailbox = {
  title: 'Postfach',
  loading: 'Dein Postfach wird geladen',
  tabs: 'Nachrichten',
  all: 'Alle',
  unread: 'Ungelesen',
  unreadPrefix: 'Ungelesen: ',
  choose: 'Wähle eine Nachricht, um sie hier zu lesen.',
  readTitle: 'Alles gelesen',
  readText: 'Neue Nachrichten bleiben hier, bis du sie öffnest.',
  showAll: 'Alle Nachrichten anzeigen',
  emptyTitle: 'Noch keine Nachrichten',
  emptyText: 'Hier erscheinen Nachrichten zu deinen Anmeldungen und deinem Konto.',
  findCompetition: 'Wettbewerb finden',
  back: 'Alle Nachrichten',
  viewCompetition: 'Wettbewerb ansehen',
  viewInvitation: 'Einladung ansehen',
  viewStaff: 'Organisationsteam ansehen',
  manage: 'Verwalten',
  reviewSessions: 'Sitzungen ansehen',
  openProfile: 'Profil öffnen',
  markUnread: 'Als ungelesen markieren',
  markedUnread: 'Als ungelesen markiert.',
  delivery: {
    mailbox: 'Nur in diesem Postfach: Auf dieser Seite ist kein E-Mail-Versand eingerichtet.',
    queued: 'Die E-Mail geht gleich raus.',
    sending: 'Die E-Mail wird gerade gesendet.',
    sent: 'Auch per E-Mail gesendet: {time}.',
    failed: 'Die E-Mail war nicht zustellbar. Prüfe die Adresse in deinem Profil.',
    unknown: 'Die E-Mail ist vielleicht nicht angekommen.',
  },
  deliveryShort: {
    failed: 'E-Mail nicht zugestellt',
    unknown: 'Zustellung unbestätigt',
  },
} satisfies Translation<typeof en>;
