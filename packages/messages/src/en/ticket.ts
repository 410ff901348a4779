/** The page of one’s own ticket, which is also printed. */
export const ticket = {
  title: 'Your ticket',
  metaTitle: 'Ticket for {title}',
  show: 'Show this code at the entrance, on your phone or on paper.',
  picture: 'QR code of your ticket',
  number: 'Ticket number',
  name: 'Name',
  team: 'Team',
  when: 'When',
  where: 'Where',
  toBeAnnounced: 'To be announced',
  checkedIn: 'You checked in on {when}.',
  personal: 'It’s valid for you only, and it stays the same. Don’t post a picture of it.',
  print: 'Print ticket',
  view: 'View competition',
  noneTitle: 'You don’t have a ticket yet',
  noneText: 'Tickets are for people who have a seat. As soon as you have one, your ticket is here.',
} as const;
