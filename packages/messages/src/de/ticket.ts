import type { ticket as en } from '../en/ticket.js';
import type { Translation } from '../en/translation.js';

export const ticket = {
  title: 'Dein Ticket',
  metaTitle: 'Ticket für {title}',
  show: 'Zeig diesen Code am Eingang, auf dem Handy oder auf Papier.',
  picture: 'QR-Code deines Tickets',
  number: 'Ticketnummer',
  name: 'Name',
  team: 'Team',
  when: 'Wann',
  where: 'Wo',
  toBeAnnounced: 'Wird noch bekannt gegeben',
  checkedIn: 'Du hast am {when} eingecheckt.',
  personal: 'Es gilt nur für dich und bleibt dasselbe. Veröffentliche kein Bild davon.',
  print: 'Ticket drucken',
  view: 'Zum Wettbewerb',
  noneTitle: 'Du hast noch kein Ticket',
  noneText: 'Tickets gibt es für alle, die einen Platz haben. Sobald du einen hast, ist dein Ticket hier.',
} satisfies Translation<typeof en>;
