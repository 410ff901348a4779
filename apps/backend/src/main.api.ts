import { Logger } from '@nestjs/common';
import { createApi } from './api.js';
import { endOnSignal } from './common/end-on-signal.js';
import { loadEnv } from './config/env.js';
import { runMain } from './config/run-main.js';

await runMain(async () => {
  const env = loadEnv();
  const app = await createApi(env);
  endOnSignal(app);
  await app.listen(env.backendPort, env.host);
  new Logger('Api').log({ msg: 'listening', url: await app.getUrl() });
});
