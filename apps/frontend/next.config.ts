import { resolve } from 'node:path';
import type { NextConfig } from 'next';

const repository = resolve(import.meta.dirname, '../..');

const config: NextConfig = {
  output: 'standalone',
  // Otherwise the workspace packages are missing from the standalone build.
  outputFileTracingRoot: repository,
  turbopack: {
    root: repository,
    // The texts are compiled on the server, so that the browser needs no parser of messages.
    resolveAlias: { 'use-intl/format-message': 'use-intl/format-message/format-only' },
  },
  poweredByHeader: false,
  // The front server compresses: once for a cached page, and at a lower level for others.
  compress: false,
  reactStrictMode: true,
  // Addresses that older clients and documents name. The query is kept.
  redirects: () => [
    { source: '/auth/login', destination: '/sign-in', permanent: true },
    { source: '/auth/signup', destination: '/sign-up', permanent: true },
    { source: '/competitions/create', destination: '/competitions/new', permanent: true },
  ],
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
