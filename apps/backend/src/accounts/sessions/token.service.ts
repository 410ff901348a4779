import { Inject, Injectable } from '@nestjs/common';
import { createSigner, createVerifier } from 'fast-jwt';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import type { Principal } from '../../platform/http/access/principal.js';

const ISSUER = 'mini-compete';
const AUDIENCE = 'mini-compete-api';
/** Verified tokens in one generation of two: checking a signature again costs more than the rest of the guard. */
const REMEMBERED = 10_000;
/** A page is made with several calls, each with the token that its request came with. */
const MARGIN_MS = 10_000;

/** Access tokens: short-lived, signed, trusted for reading without asking the database. */
@Injectable()
export class TokenService {
  readonly lifetimeSeconds: number;
  private readonly signer: (claims: object) => string;
  private readonly verifier: (token: string) => Claims;
  private verified = new Map<string, Verified>();
  private verifiedBefore = new Map<string, Verified>();

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
    return this.check(token)?.principal ?? null;
  }

  /** Whether it is a good one, and for so long that what is begun with it now can be finished with it. */
  isFresh(token: string): boolean {
    const verified = this.check(token);
    return verified !== null && verified.expiresAt > Date.now() + Math.min(MARGIN_MS, this.lifetimeSeconds * 500);
  }

  private check(token: string): Verified | null {
    const known = this.verified.get(token) ?? this.verifiedBefore.get(token);
    if (known !== undefined && known.expiresAt > Date.now()) return known;
    let claims: Claims;
    try {
      claims = this.verifier(token);
    } catch {
      return null;
    }
    const principal = { userId: claims.sub, sessionId: claims.sid, role: claims.role };
    const verified = { principal, expiresAt: claims.exp * 1000 };
    this.remember(token, verified);
    return verified;
  }

  /**
   * Only good tokens, under their whole text: a flood of bad ones pushes nothing out, and none can pass for another.
   * The older generation is forgotten as a whole, since taking out one at a time costs each new token a search.
   */
  private remember(token: string, verified: Verified): void {
    if (this.verified.size >= REMEMBERED) {
      this.verifiedBefore = this.verified;
      this.verified = new Map();
    }
    this.verified.set(token, verified);
  }
}

interface Verified {
  readonly principal: Principal;
  readonly expiresAt: number;
}

interface Claims {
  sub: string;
  sid: string;
  role: Principal['role'];
  exp: number;
}
