import type { MyTicket } from '@mini-compete/shared/check-ins';
import { type TicketHolder, ticketNumber } from '@mini-compete/shared/tickets';
import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import type { MailTicket, TicketSource } from '../../messaging/delivery/mail-ticket.js';
import { POOL } from '../../platform/database/pool.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { IS_SEATED } from '../../registry/registration-statuses.js';
import { TEAM_NAME } from './people.sql.js';
import { qrCodePng, qrCodeSvg } from './qr-code.js';
import { signTicket } from './ticket-key.js';
import { TicketKeys } from './ticket-keys.js';

type Row = Omit<MyTicket, 'ticket' | 'number' | 'svg'>;

/** Tickets are signed when they are shown, and stored nowhere: they follow from the registration and the key. */
@Injectable()
export class TicketsService implements TicketSource {
  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    private readonly keys: TicketKeys,
  ) {}

  /** For people who have a seat, also after the competition. */
  async mine(competitionId: string, userId: string): Promise<MyTicket> {
    const { rows } = await this.pool.query<Row>({ name: 'my_ticket', text: MINE, values: [competitionId, userId] });
    const [row] = rows;
    if (row === undefined) throw new DomainError('TICKET_NOT_FOUND');
    const ticket = await this.sign(row);
    return { ...row, ticket, number: ticketNumber(row), svg: qrCodeSvg(ticket) };
  }

  /** Null when the person has no seat, or no longer. */
  async findForMail(holder: TicketHolder): Promise<MailTicket | null> {
    const { rowCount } = await this.pool.query({
      name: 'has_ticket',
      text: `SELECT FROM registration_people p JOIN registrations r ON r.id = p.registration_id
             WHERE p.registration_id = $1 AND p.user_id = $2 AND r.status ${IS_SEATED}`,
      values: [holder.registrationId, holder.userId],
    });
    if (rowCount === 0) return null;
    return { number: ticketNumber(holder), png: qrCodePng(await this.sign(holder)) };
  }

  private async sign(holder: TicketHolder): Promise<string> {
    const { id, privateKey } = await this.keys.signingKey();
    return signTicket(id, privateKey, holder);
  }
}

const MINE = `
  SELECT p.competition_id AS "competitionId", p.registration_id AS "registrationId", p.user_id AS "userId", u.name,
         ${TEAM_NAME} AS team,
         (SELECT iso_instant(i.at) FROM check_ins i
          WHERE i.registration_id = p.registration_id AND i.user_id = p.user_id AND i.result = 'WELCOME') AS "checkedInAt",
         jsonb_build_object('title', c.title, 'location', c.location, 'startDate', iso_instant(c.start_date),
                            'endDate', iso_instant(c.end_date)) AS competition
  FROM registration_people p
  JOIN registrations r ON r.id = p.registration_id
  JOIN competitions c ON c.id = p.competition_id
  JOIN users u ON u.id = p.user_id
  WHERE p.competition_id = $1 AND p.user_id = $2 AND r.status ${IS_SEATED} AND c.deleted_at IS NULL`;
