import { Failure } from '../launch/failure.mjs';
import { buildCommand } from './commands/build.js';
import { startCommand } from './commands/start.js';
import type { House } from './house.js';

const COMMANDS: Record<string, (house: House) => Promise<number>> = {
  start: startCommand,
  build: buildCommand,
};

export async function main(house: House): Promise<number> {
  const command = COMMANDS[house.command];
  if (!command)
    throw new Failure(`There is no command "${house.command}". There are: ${Object.keys(COMMANDS).join(', ')}.`);
  return command(house);
}
