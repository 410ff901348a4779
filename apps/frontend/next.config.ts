import { resolve } from 'node:path';
import type { NextConfig } from 'next';

const repository = resolve(import.meta.dirname, '../..');

const config: NextConfig = {
  output: 'standalone',
  // Otherwise the workspace packages are missing from the standalone build.
  outputFileTracingRoot: repository,
  turbopack: { root: repository },
  poweredByHeader: false,
  // The front server compresses: once for a cached page, and at a lower level for others.
  compress: false,
  reactStrictMode: true,
  serverExternalPackages: ['undici'],
  // Never stream metadata: without JavaScript nothing would move it from the body into the head.
  htmlLimitedBots: /.*/,
  experimental: {
    // No client cache of dynamic pages: going back would show outdated seats.
    staleTimes: { dynamic: 0 },
    optimizePackageImports: ['radix-ui', 'lucide-react'],
  },
};

export default config;
