import type { House } from '../house.js';
import { build } from '../stack/build.js';

export async function buildCommand(house: House): Promise<number> {
  await build(house);
  return 0;
}
