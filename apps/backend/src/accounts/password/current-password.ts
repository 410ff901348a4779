import { Injectable } from '@nestjs/common';
import { PrismaService } from '../../platform/database/prisma.service.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Principal } from '../../platform/http/access/principal.js';
import { LoginRateLimit } from './login-rate-limit.js';
import { PasswordHasher } from './password-hasher.js';

/** What a session alone may not change needs the password again: a borrowed device must not take over the account. */
@Injectable()
export class CurrentPassword {
  constructor(
    private readonly prisma: PrismaService,
    private readonly hasher: PasswordHasher,
    private readonly rateLimit: LoginRateLimit,
  ) {}

  async ensure({ userId }: Principal, password: string, address: string): Promise<void> {
    const user = await this.prisma.user.findUniqueOrThrow({ where: { id: userId } });
    const isCorrect = await this.rateLimit.attempt(user.email, address, () =>
      this.hasher.verify(user.passwordHash, password),
    );
    if (!isCorrect) throw new DomainError('WRONG_PASSWORD');
  }
}
