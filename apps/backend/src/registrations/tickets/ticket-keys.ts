import type { KeyObject } from 'node:crypto';
import type { TicketKeyState } from '@mini-compete/shared/check-in-rules';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type pg from 'pg';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import { POOL } from '../../platform/database/pool.js';
import { decryptPrivateKey, newKey, type StoredKey } from './ticket-key.js';

export interface KnownKey extends StoredKey {
  readonly state: TicketKeyState;
  readonly createdAt: string;
}

const STATE = `CASE WHEN revoked_at IS NOT NULL THEN 'REVOKED' WHEN retired_at IS NOT NULL THEN 'RETIRED' ELSE 'ACTIVE' END`;
const IS_ACTIVE = 'retired_at IS NULL AND revoked_at IS NULL';
const COLUMNS = `id, public_key AS "publicKey", private_key AS "privateKey", ${STATE} AS state,
                 iso_instant(created_at) AS "createdAt"`;

/** The keys of this installation that sign tickets. The first one is created when it is needed. */
@Injectable()
export class TicketKeys {
  private readonly logger = new Logger('Tickets');
  /** By id. Which one is active is asked each time: an operator may have retired or revoked it. */
  private readonly decrypted = new Map<string, KeyObject>();

  constructor(
    @Inject(POOL) private readonly pool: pg.Pool,
    @Inject(ENV) private readonly env: Pick<Env, 'jwtSecret'>,
  ) {}

  /** All keys, the newest first. */
  async list(): Promise<KnownKey[]> {
    const { rows } = await this.pool.query<KnownKey>({
      name: 'ticket_keys',
      text: `SELECT ${COLUMNS} FROM ticket_keys ORDER BY created_at DESC, id`,
    });
    return rows;
  }

  /** The key that signs now. */
  async signingKey(): Promise<{ readonly id: string; readonly privateKey: KeyObject }> {
    for (;;) {
      const active = (await this.findActive()) ?? (await this.create());
      const privateKey = this.decrypted.get(active.id) ?? decryptPrivateKey(this.env.jwtSecret, active);
      if (privateKey !== null) {
        this.decrypted.set(active.id, privateKey);
        return { id: active.id, privateKey };
      }
      // Tickets that it has signed stay valid: verifying needs the public key only.
      this.logger.warn(`The ticket key ${active.id} was encrypted with another JWT_SECRET. A new one takes its place.`);
      await this.retire(active.id);
    }
  }

  /** Replaces the active key. Its tickets stay valid. */
  async rotate(): Promise<KnownKey> {
    const active = await this.findActive();
    if (active !== null) await this.retire(active.id);
    return (await this.findActive()) ?? (await this.create());
  }

  /** From now on it signs no tickets. False for an unknown key, and one that is retired or revoked. */
  async retire(id: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `UPDATE ticket_keys SET retired_at = now() WHERE id = $1 AND ${IS_ACTIVE}`,
      [id],
    );
    return rowCount === 1;
  }

  /** From now on its tickets are not valid. False for an unknown key, and one that is revoked. */
  async revoke(id: string): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      'UPDATE ticket_keys SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL',
      [id],
    );
    return rowCount === 1;
  }

  private async findActive(): Promise<KnownKey | null> {
    const { rows } = await this.pool.query<KnownKey>({
      name: 'active_ticket_key',
      text: `SELECT ${COLUMNS} FROM ticket_keys WHERE ${IS_ACTIVE}`,
    });
    return rows[0] ?? null;
  }

  /** A unique index allows one active key: of two servers that create one at the same time, both use the first. */
  private async create(): Promise<KnownKey> {
    const { id, publicKey, privateKey } = newKey(this.env.jwtSecret);
    await this.pool.query(
      'INSERT INTO ticket_keys (id, public_key, private_key) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      [id, Buffer.from(publicKey), Buffer.from(privateKey)],
    );
    return (await this.findActive()) ?? this.create();
  }
}
