import { createApi } from './api.js';
import { loadEnv } from './platform/config/env.js';
import { createDocument, undocumented } from './platform/openapi/document.js';
import { runMain } from './platform/process/run-main.js';
import { ROUTE_DOCS } from './route-docs.js';

/** Prints the OpenAPI document. It needs no database. */
await runMain(async () => {
  const unusedDatabase = 'postgresql://nobody:nothing@127.0.0.1:1/none';
  const app = await createApi(loadEnv({ DATABASE_URL: unusedDatabase, LOG_LEVEL: 'silent' }));
  try {
    const missing = undocumented(app, ROUTE_DOCS);
    if (missing.length > 0) throw new Error(missing.join('\n'));
    process.stdout.write(`${JSON.stringify(createDocument(app, ROUTE_DOCS), null, 2)}\n`);
  } finally {
    await app.close();
  }
});
