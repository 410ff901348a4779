import type { organizers as en } from '../en/organizers.js';
import type { Translation } from '../en/translation.js';

export const organizers = {
  title: 'Wettbewerbe von {name}',
  summary:
    '{count, plural, =0 {{name} veranstaltet Wettbewerbe.} one {{name} hat # Wettbewerb.} other {{name} hat # Wettbewerbe.}}',
  summaryMany: '{name} hat mehr als 10.000 Wettbewerbe.',
  label: 'Veranstalter',
  links: 'Links',
  ahead: 'Kommende Wettbewerbe',
  past: 'Vergangene Wettbewerbe',
  emptyTitle: 'Gerade keine öffentlichen Wettbewerbe',
  emptyText: 'Neue erscheinen hier, sobald sie angekündigt sind.',
  first: 'Zurück zum Anfang der Liste',
  edit: 'Diese Seite bearbeiten',
} as const satisfies Translation<typeof en>;
