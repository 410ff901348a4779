import { Inject, Injectable } from '@nestjs/common';
import { createSigner, createVerifier } from 'fast-jwt';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import type { Principal } from './principal.js';

const ISSUER = 'mini-compete';
const AUDIENCE = 'mini-compete-api';
/** Verified tokens that are remembered: checking a signature again costs more than the rest of the guard. */
const REMEMBERED = 20_000;

/** Access tokens: short-lived, signed, trusted for reading without asking the database. */
@Injectable()
export class TokenService {
  readonly lifetimeSeconds: number;
  private readonly signer: (claims: object) => string;
  private readonly verifier: (token: string) => Claims;
  private readonly verified = new Map<string, { principal: Principal; expiresAt: number }>();

  constructor(@Inject(ENV) env: Pick<Env, 'jwtSecret' | 'jwtExpirationSeconds'>) {
    this.lifetimeSeconds = env.jwtExpirationSeconds;
    this.signer = createSigner({
      key: env.jwtSecret,
      algorithm: 'HS256',
      iss: ISSUER,
      aud: AUDIENCE,
      expiresIn: env.jwtExpirationSeconds * 1000,
    });
    this.verifier = createVerifier({
      key: env.jwtSecret,
      // Without this list a token says by itself how it is to be checked: `alg: none`.
      algorithms: ['HS256'],
      allowedIss: ISSUER,
      allowedAud: AUDIENCE,
      requiredClaims: ['sub', 'sid', 'role', 'exp'],
    });
  }

  sign({ userId, sessionId, role }: Principal): string {
    return this.signer({ sub: userId, sid: sessionId, role });
  }

  /** Null for what is no good token of ours: forged, expired, for somebody else. */
  verify(token: string): Principal | null {
    const known = this.verified.get(token);
    if (known !== undefined && known.expiresAt > Date.now()) return known.principal;
    let claims: Claims;
    try {
      claims = this.verifier(token);
    } catch {
      this.verified.delete(token);
      return null;
    }
    const principal = { userId: claims.sub, sessionId: claims.sid, role: claims.role };
    this.remember(token, principal, claims.exp * 1000);
    return principal;
  }

  /** Only good tokens, under their whole text: a flood of bad ones pushes nothing out, and none can pass for another. */
  private remember(token: string, principal: Principal, expiresAt: number): void {
    if (this.verified.size >= REMEMBERED) {
      const [oldest] = this.verified.keys();
      if (oldest !== undefined) this.verified.delete(oldest);
    }
    this.verified.set(token, { principal, expiresAt });
  }
}

interface Claims {
  sub: string;
  sid: string;
  role: Principal['role'];
  exp: number;
}
