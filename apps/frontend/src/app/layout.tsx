import { directionOf } from '@mini-compete/shared/languages';
import type { Metadata, Viewport } from 'next';
import { cookies, headers } from 'next/headers';
import type { ReactNode } from 'react';
import { DeleteOverdueLists } from '@/components/layout/delete-overdue-lists';
import { EarlyInputScript } from '@/components/layout/early-input-script';
import { Footer } from '@/components/layout/footer';
import { Header } from '@/components/layout/header';
import { StoreTimeZone } from '@/components/layout/store-time-zone';
import { VerifyBanner } from '@/components/layout/verify-banner';
import { SeatDefs } from '@/components/seats/seat-defs';
import { ToastProvider } from '@/components/ui/toast';
import { siteUrl } from '@/lib/config';
import { arabic, heading, headingExt, text, textExt } from '@/lib/fonts';
import { ClientTexts } from '@/lib/i18n/client-texts';
import { getLanguage, getTexts, getTimeZone } from '@/lib/i18n/texts.server';
import { isDoorPage } from '@/lib/paths';
import { parseTheme, THEME_COOKIE } from '@/lib/preferences';
import { getCurrentUser } from '@/lib/session';
import { TimeZoneProvider } from '@/lib/time-zone';
import './globals.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTexts('layout');
  return {
    metadataBase: siteUrl(),
    title: { default: 'Mini Compete', template: '%s · Mini Compete' },
    description: t('description'),
    applicationName: 'Mini Compete',
    openGraph: { siteName: 'Mini Compete', type: 'website' },
    formatDetection: { telephone: false, email: false, address: false },
  };
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbf9f4' },
    { media: '(prefers-color-scheme: dark)', color: '#151310' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // The page of a door is kept in the browser to load without a network, so it must not name the reader.
  const isDoor = isDoorPage((await headers()).get('x-page'));
  const [cookieStore, user, language, zone] = await Promise.all([
    cookies(),
    isDoor ? null : getCurrentUser(),
    getLanguage(),
    getTimeZone(),
  ]);
  const theme = parseTheme(cookieStore.get(THEME_COOKIE)?.value);
  const fonts = [text, textExt, heading, headingExt, arabic].map((font) => font.variable).join(' ');
  return (
    // ThemeSwitch changes data-theme in the browser, which would be a hydration mismatch.
    <html
      lang={language}
      dir={directionOf(language)}
      className={fonts}
      suppressHydrationWarning
      {...(theme === 'system' ? {} : { 'data-theme': theme })}
    >
      <body>
        <EarlyInputScript />
        <SeatDefs />
        {user?.timeZone === null && <StoreTimeZone />}
        <DeleteOverdueLists />
        <TimeZoneProvider zone={zone}>
          <ClientTexts of={['common', 'layout']}>
            <ToastProvider>
              {isDoor ? (
                <main className="flex grow flex-col">{children}</main>
              ) : (
                <>
                  <Header user={user} theme={theme} />
                  {user && <VerifyBanner user={{ role: user.role, verification: user.verification }} />}
                  <main id="content" tabIndex={-1} className="shell grow py-8 outline-none sm:py-12">
                    {children}
                  </main>
                  <Footer theme={theme} signedIn={user !== null} isAdmin={user?.role === 'ADMIN'} />
                </>
              )}
            </ToastProvider>
          </ClientTexts>
        </TimeZoneProvider>
      </body>
    </html>
  );
}
