import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { freePort } from '../../tools/src/free-port.js';
import { WEB_APP } from '../../tools/src/testing/paths.js';
import { inheritedEnv, localUrl, ProductProcess } from '../../tools/src/testing/product-process.js';

/** Another process of the built web app, with other variables than the one that all tests share. */
export async function startWebApp(env: Record<string, string>): Promise<ProductProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [WEB_APP], {
    cwd: dirname(WEB_APP),
    env: { ...inheritedEnv(), NODE_ENV: 'production', HOSTNAME: '127.0.0.1', PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new ProductProcess(localUrl(port), child).live();
}
