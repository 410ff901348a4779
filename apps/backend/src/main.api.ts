import { createApi } from './api.js';
import { loadEnv } from './config/env.js';

const env = loadEnv();
const app = await createApi(env);
app.enableShutdownHooks();
await app.listen(env.backendPort, env.host);
