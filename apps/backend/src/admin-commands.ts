import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AccountsModule } from './accounts/accounts.module.js';
import { OperatorService } from './accounts/operator/operator.service.js';
import { ConfigModule } from './platform/config/config.module.js';
import type { Env } from './platform/config/env.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { OperatorError } from './platform/errors/operator-error.js';
import { OutboxModule } from './platform/queue/outbox.module.js';
import { runTicketCommand, TICKETS_USAGE } from './registrations/tickets/ticket-commands.js';
import { TicketKeys } from './registrations/tickets/ticket-keys.js';
import { TicketsModule } from './registrations/tickets/tickets.module.js';

export const USAGE = `Usage:
  npm run admin -- create EMAIL       creates an admin account
  npm run admin -- reset-link EMAIL   prints a link to set a new password; it works once, within an hour
  npm run admin -- verify EMAIL       marks an address as verified, without a code
  npm run admin -- disable EMAIL      disables an account and ends its sessions
  npm run admin -- enable EMAIL       enables a disabled account
${TICKETS_USAGE}`;

/** Runs one command and returns what to print. `askPassword` is undefined without a terminal. */
export async function runAdminCommand(
  env: Env,
  args: readonly string[],
  askPassword?: () => Promise<string>,
): Promise<string> {
  const [command, email] = args;
  const isAboutTickets = command === 'tickets';
  if (!isAboutTickets && (command === undefined || email === undefined || args.length > 2 || !isCommand(command)))
    throw new OperatorError(USAGE);

  @Module({ imports: [ConfigModule.forRoot(env), DatabaseModule, OutboxModule, AccountsModule, TicketsModule] })
  class CommandsModule {}
  const app = await NestFactory.createApplicationContext(CommandsModule, { logger: false, abortOnError: false });
  try {
    if (isAboutTickets) return await runTicketCommand(app.get(TicketKeys), args.slice(1));
    return await COMMANDS[command as keyof typeof COMMANDS](app.get(OperatorService), email as string, askPassword);
  } finally {
    await app.close();
  }
}

type Command = (operator: OperatorService, email: string, askPassword?: () => Promise<string>) => Promise<string>;

const COMMANDS = {
  async create(operator, email, askPassword) {
    const chosen = (await askPassword?.()) || undefined;
    const admin = await operator.createAdmin(email, chosen);
    return admin.password === null
      ? `Created the admin ${admin.email}.`
      : `Created the admin ${admin.email}. Its password, shown only once: ${admin.password}`;
  },
  'reset-link': (operator, email) => operator.resetLink(email),
  verify: async (operator, email) => `${await operator.verify(email)} is verified.`,
  disable: async (operator, email) =>
    `${await operator.setDisabled(email, true)} is disabled and signed out everywhere.`,
  enable: async (operator, email) => `${await operator.setDisabled(email, false)} can sign in again.`,
} satisfies Record<string, Command>;

const isCommand = (name: string): name is keyof typeof COMMANDS => Object.hasOwn(COMMANDS, name);
