import type { TicketHolder } from '@mini-compete/shared/tickets';

/** The ticket of a person, as mails show it. */
export interface MailTicket {
  /** To be found at the door without the picture. */
  readonly number: string;
  /** The QR code. */
  readonly png: Buffer;
}

/** Finds tickets; null when the person has none. The registrations area implements it. */
export interface TicketSource {
  findForMail(holder: TicketHolder): Promise<MailTicket | null>;
}
export const TICKETS = Symbol('TICKETS');
