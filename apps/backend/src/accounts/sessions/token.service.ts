import { Inject, Injectable } from '@nestjs/common';
import { createSigner, createVerifier } from 'fast-jwt';
import { ENV } from '../../platform/config/config.module.js';
import type { Env } from '../../platform/config/env.js';
import type { Principal } from '../../platform/http/access/principal.js';

const ISSUER = 'mini-compete';
const AUDIENCE = 'mini-compete-api';
/** Tokens in each of the two generations of the cache: verifying a signature costs more than the rest of the guard. */
const CACHE_SIZE = 10_000;
/** The web app renders a page with several API calls, all with the token of the page's request. */
const FRESHNESS_MARGIN_MS = 10_000;

/** Access tokens: short-lived and signed, so reading needs no session check in the database. */
@Injectable()
export class TokenService {
  readonly lifetimeSeconds: number;
  private readonly signer: (claims: object) => string;
  private readonly verifier: (token: string) => Claims;
  private newer = new Map<string, Verified>();
  private older = new Map<string, Verified>();

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
      // Without this list a token chooses the algorithm that it is verified with: `alg: none`.
      algorithms: ['HS256'],
      allowedIss: ISSUER,
      allowedAud: AUDIENCE,
      requiredClaims: ['sub', 'sid', 'role', 'exp'],
    });
  }

  sign({ userId, sessionId, role }: Principal): string {
    return this.signer({ sub: userId, sid: sessionId, role });
  }

  /** Null for an invalid token: forged, expired, or with another issuer or audience. */
  verify(token: string): Principal | null {
    return this.check(token)?.principal ?? null;
  }

  /** Whether a token is valid and will stay valid until the request that begins now is finished. */
  isFresh(token: string): boolean {
    const verified = this.check(token);
    const marginMs = Math.min(FRESHNESS_MARGIN_MS, this.lifetimeSeconds * 500);
    return verified !== null && verified.expiresAt > Date.now() + marginMs;
  }

  private check(token: string): Verified | null {
    const cached = this.newer.get(token) ?? this.older.get(token);
    if (cached !== undefined && cached.expiresAt > Date.now()) return cached;
    let claims: Claims;
    try {
      claims = this.verifier(token);
    } catch {
      return null;
    }
    const principal = { userId: claims.sub, sessionId: claims.sid, role: claims.role };
    const verified = { principal, expiresAt: claims.exp * 1000 };
    this.cache(token, verified);
    return verified;
  }

  /**
   * Caches valid tokens only, by their whole text: a flood of invalid tokens evicts nothing, and no token matches
   * another. The older generation is dropped as a whole: evicting single entries would cost each new token a search.
   */
  private cache(token: string, verified: Verified): void {
    if (this.newer.size >= CACHE_SIZE) {
      this.older = this.newer;
      this.newer = new Map();
    }
    this.newer.set(token, verified);
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
