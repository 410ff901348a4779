import type { TicketKeyState } from '@mini-compete/shared/check-in-rules';
import { parseTicket, type Ticket } from '@mini-compete/shared/tickets';

export type PublicTicketKey = { readonly id: string; readonly state: TicketKeyState; readonly publicKey: string };

/** Why a code is no ticket of this installation. UNSUPPORTED: the browser has no Ed25519. */
export type TicketProblem = 'NOT_A_TICKET' | 'FORGED' | 'REVOKED' | 'UNKNOWN_KEY' | 'UNSUPPORTED';

export type VerifiedTicket = { readonly ticket: Ticket } | { readonly problem: TicketProblem };

const ALGORITHM = 'Ed25519';

/** Verifies tickets with the keys of a list, without a network. */
export class TicketVerifier {
  private readonly keys: ReadonlyMap<string, PublicTicketKey>;
  private readonly imported = new Map<string, Promise<CryptoKey>>();

  constructor(keys: readonly PublicTicketKey[]) {
    this.keys = new Map(keys.map((key) => [key.id, key]));
  }

  /**
   * Otherwise the first ticket waits until the browser has loaded its cryptography and imported the key. Whether it can
   * verify tickets: browsers before 2025 throw NotSupportedError.
   */
  async prepare(): Promise<boolean> {
    const used = [...this.keys.values()].filter(({ state }) => state !== 'REVOKED');
    const verified = used.map(async (key) =>
      crypto.subtle.verify(ALGORITHM, await this.import(key), new Uint8Array(64), new Uint8Array(1)),
    );
    return (await Promise.allSettled(verified)).every(({ status }) => status === 'fulfilled');
  }

  async verify(text: string): Promise<VerifiedTicket> {
    const ticket = parseTicket(text);
    if (ticket === null) return { problem: 'NOT_A_TICKET' };
    const key = this.keys.get(ticket.keyId);
    if (key === undefined) return { problem: 'UNKNOWN_KEY' };
    // Anybody who has the private key of a revoked one can sign anything: its signature says nothing.
    if (key.state === 'REVOKED') return { problem: 'REVOKED' };
    try {
      const isValid = await crypto.subtle.verify(ALGORITHM, await this.import(key), ticket.signature, ticket.signed);
      return isValid ? { ticket } : { problem: 'FORGED' };
    } catch {
      return { problem: 'UNSUPPORTED' };
    }
  }

  private import({ id, publicKey }: PublicTicketKey): Promise<CryptoKey> {
    let key = this.imported.get(id);
    if (key === undefined) {
      const bytes = Uint8Array.from(atob(publicKey), (character) => character.charCodeAt(0));
      key = crypto.subtle.importKey('raw', bytes, ALGORITHM, false, ['verify']);
      this.imported.set(id, key);
    }
    return key;
  }
}
