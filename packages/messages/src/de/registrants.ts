import type { registrants as en } from '../en/registrants.js';
import type { Translation } from '../en/translation.js';

export const registrants = {
  menu: 'Aktionen für {name}',
  mail: 'E-Mail schreiben',
  copy: 'E-Mail-Adresse kopieren',
  copied: '{email} kopiert',
  remove: 'Entfernen …',
  removeDialog: {
    title: '{name} entfernen?',
    seat: 'Der Platz wird frei.',
    seatToNext: 'Der Platz geht sofort an die erste Person auf der Warteliste.',
    position: 'Der Platz auf der Warteliste geht verloren, und alle dahinter rücken auf.',
    consequence: 'Das lässt sich nicht rückgängig machen. Eine neue Anmeldung ist möglich.',
    reason: 'Grund',
    reasonHelp: 'Ein Satz, den die Person liest.',
    reasonMissing: 'Gib einen Grund an: Die Person bekommt ihn als Nachricht.',
    confirm: 'Entfernen und benachrichtigen',
    done: '{name} ist entfernt und bekommt eine Nachricht.',
  },
} satisfies Translation<typeof en>;
