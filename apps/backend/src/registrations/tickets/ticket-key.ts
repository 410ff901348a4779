import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { promisify } from 'node:util';
import { bytesToSign, formatTicket, type Ticket, type TicketHolder } from '@mini-compete/shared/tickets';

/** What is stored of a key pair. */
export interface StoredKey {
  readonly id: string;
  /** The 32 bytes of an Ed25519 key, as in JWK and WebCrypto (`raw`). */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** Encrypted: who reads the database, or a backup of it, cannot sign tickets. */
  readonly privateKey: Uint8Array<ArrayBuffer>;
}

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export function newKey(jwtSecret: string): StoredKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const id = randomBytes(4).toString('hex');
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, encryptionKey(jwtSecret), nonce).setAAD(Buffer.from(id));
  const encrypted = [cipher.update(privateKey.export({ type: 'pkcs8', format: 'der' })), cipher.final()];
  return {
    id,
    publicKey: Uint8Array.from(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')),
    privateKey: Uint8Array.from(Buffer.concat([nonce, ...encrypted, cipher.getAuthTag()])),
  };
}

/** Null when it was encrypted with another JWT_SECRET. */
export function decryptPrivateKey(jwtSecret: string, { id, privateKey }: StoredKey): KeyObject | null {
  const nonce = privateKey.subarray(0, NONCE_BYTES);
  const tag = privateKey.subarray(-TAG_BYTES);
  const decipher = createDecipheriv(CIPHER, encryptionKey(jwtSecret), nonce).setAAD(Buffer.from(id)).setAuthTag(tag);
  let key: Buffer;
  try {
    key = Buffer.concat([decipher.update(privateKey.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return null;
  }
  return createPrivateKey({ key, type: 'pkcs8', format: 'der' });
}

export const publicKeyOf = ({ publicKey }: Pick<StoredKey, 'publicKey'>): KeyObject =>
  createPublicKey({
    key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(publicKey).toString('base64url') },
    format: 'jwk',
  });

/** Ed25519 signatures are deterministic: a person has the same ticket each time, while the key is the same. */
export function signTicket(keyId: string, privateKey: KeyObject, holder: TicketHolder): string {
  const signed = bytesToSign(keyId, holder);
  return formatTicket(signed, sign(null, signed, privateKey));
}

const verifyInBackground = promisify(verify);

/** In the thread pool: an upload has up to 500 tickets, and other requests must not wait for them. */
export const isSignedBy = (publicKey: KeyObject, { signed, signature }: Ticket): Promise<boolean> =>
  verifyInBackground(null, signed, publicKey, signature);

/** A key for this purpose alone. */
const encryptionKey = (jwtSecret: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', jwtSecret, '', 'mini-compete ticket key v1', 32));
