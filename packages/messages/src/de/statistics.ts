import type { statistics as en } from '../en/statistics.js';
import type { Translation } from '../en/translation.js';

export const statistics = {
  fill: 'der Plätze vergeben',
  seated: 'haben einen Platz',
  waiting: 'auf der Warteliste',
  promoted: 'nachgerückt',
  left: 'abgemeldet',
  removed: 'entfernt',
  held: 'müssen bestätigen',
  applied: 'haben sich beworben',
  rejected: 'abgelehnt',
  expired: 'nicht bestätigt',
  perHour: 'Anmeldungen pro Stunde',
  perDay: 'Anmeldungen pro Tag',
  empty: 'Noch keine Anmeldungen. Die erste zeichnet den ersten Balken.',
  table: 'Als Tabelle anzeigen',
  hour: 'Stunde',
  day: 'Tag',
  registered: 'Angemeldet',
  ended: 'Abgemeldet oder entfernt',
  summary:
    '{count, plural, one {# Anmeldung} other {# Anmeldungen}} vom {from} bis {to}, höchstens {peak, number} auf einmal.',
  summaryOfOne: '{count, plural, one {# Anmeldung} other {# Anmeldungen}} am {at}.',
  look: 'Balken auswählen',
  bar: '{when}: {registered, number} angemeldet, {ended, number} abgemeldet oder entfernt',
} satisfies Translation<typeof en>;
