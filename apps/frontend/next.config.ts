import { resolve } from 'node:path';
import type { NextConfig } from 'next';

const repository = resolve(import.meta.dirname, '../..');

const config: NextConfig = {
  output: 'standalone',
  // Without the root of the repository, the packages of the workspace are missing in the standalone build.
  outputFileTracingRoot: repository,
  turbopack: { root: repository },
  poweredByHeader: false,
  // The front server does it: once for a page that many get, and with less effort for one that is passed on.
  compress: false,
  reactStrictMode: true,
  serverExternalPackages: ['undici'],
  // Titles and cards stand in the head from the start: without JavaScript, nothing would move them there later.
  htmlLimitedBots: /.*/,
  experimental: {
    // A page read a moment ago may show seats that are gone: going back asks again.
    staleTimes: { dynamic: 0 },
    optimizePackageImports: ['radix-ui', 'lucide-react'],
  },
};

export default config;
