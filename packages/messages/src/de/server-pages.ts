import type { serverPages as en } from '../en/server-pages.js';
import type { Translation } from '../en/translation.js';

export const serverPages = {
  unavailable: {
    title: 'Wir sind gleich wieder da',
    outage: 'Mini Compete ist gerade nicht erreichbar. Das dauert meist weniger als eine Minute.',
    registrationsAreSafe: 'Deine Anmeldungen sind sicher.',
    action: 'Noch einmal versuchen',
  },
  failed: {
    title: 'Da ist etwas schiefgegangen',
    logged: 'Der Fehler ist protokolliert. Deine Anmeldungen sind sicher.',
    reference: 'Falls es wieder passiert, nenne bitte diese Kennung:',
    action: 'Noch einmal versuchen',
  },
  tooEarly: {
    title: 'Die Seite war noch nicht so weit',
    nothingChanged:
      'Sie wurde noch geladen, als du auf den Knopf gedrückt hast. Es hat sich nichts geändert, versuch es noch einmal.',
    action: 'Zurück zur Seite',
  },
} satisfies Translation<typeof en>;
