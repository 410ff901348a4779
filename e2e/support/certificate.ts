import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

const DAY_MS = 86_400_000;

/** Encodes a value in DER: tag, length, bytes. */
function der(tag: number, ...parts: readonly (Uint8Array | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part as string)));
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const sequence = (...parts: Uint8Array[]): Buffer => der(0x30, ...parts);
const integer = (...bytes: number[]): Buffer => der(0x02, Buffer.from(bytes));
const objectId = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
/** `YYMMDDHHMMSSZ` */
const time = (ms: number): Buffer => der(0x17, `${new Date(ms).toISOString().slice(2, 19).replace(/\D/g, '')}Z`);
const commonName = (name: string): Buffer => sequence(der(0x31, sequence(objectId('550403'), der(0x0c, name))));
const subjectAltName = (host: string): Buffer =>
  der(0xa3, sequence(sequence(objectId('551d11'), der(0x04, sequence(der(0x82, host))))));

/** A key and a self-signed certificate for one host, without OpenSSL: Node can generate keys, but not certificates. */
export function selfSigned(host: string): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'));
  const now = Date.now();
  const signed = sequence(
    der(0xa0, integer(2)),
    integer(1, ...randomBytes(8)),
    ecdsaWithSha256,
    commonName(host),
    sequence(time(now - DAY_MS), time(now + DAY_MS)),
    commonName(host),
    publicKey.export({ type: 'spki', format: 'der' }),
    subjectAltName(host),
  );
  const signature = der(0x03, Buffer.from([0]), sign('sha256', signed, privateKey));
  const certificate = sequence(signed, ecdsaWithSha256, signature).toString('base64');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`,
  };
}
