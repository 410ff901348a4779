import { createApi } from './api.js';
import { loadEnv } from './config/env.js';
import { runMain } from './config/run-main.js';
import { createDocument, undocumented } from './openapi/document.js';

/** Prints the OpenAPI document; no database is needed for it. */
await runMain(async () => {
  const nowhere = 'postgresql://nobody:nothing@127.0.0.1:1/none';
  const app = await createApi(loadEnv({ DATABASE_URL: nowhere, LOG_LEVEL: 'silent' }));
  try {
    const missing = undocumented(app);
    if (missing.length > 0) throw new Error(missing.join('\n'));
    process.stdout.write(`${JSON.stringify(createDocument(app), null, 2)}\n`);
  } finally {
    await app.close();
  }
});
