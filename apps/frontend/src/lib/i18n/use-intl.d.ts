import type { Catalog } from '@mini-compete/messages/catalog';

declare module 'use-intl' {
  interface AppConfig {
    Messages: Catalog;
    Locale: string;
  }
}
