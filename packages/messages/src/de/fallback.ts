import type { fallback as en } from '../en/fallback.js';
import type { Translation } from '../en/translation.js';

export const fallback = {
  noConnection: 'Keine Verbindung zum Server.',
  unreadableResponse: 'Die Antwort des Servers war nicht lesbar.',
  pageFailed: 'Diese Seite konnte nicht geladen werden',
  safe: 'Deine Anmeldungen sind sicher. Versuche es gleich noch einmal.',
  retry: 'Noch einmal versuchen',
} satisfies Translation<typeof en>;
