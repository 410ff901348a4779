import { directionOf } from '@mini-compete/shared/languages';
import { getLanguage, getTexts } from '@/lib/i18n/texts.server';
import { doorPath } from '@/lib/paths';

/** Of one door, so that its icon on a phone opens it. Without the title of the competition, which may be a draft. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const [{ id }, language, t] = await Promise.all([params, getLanguage(), getTexts('door')]);
  const icons = [192, 512].map((size) => ({ src: `/app-icon/${size}`, sizes: `${size}x${size}`, type: 'image/png' }));
  const manifest = {
    id: doorPath(id),
    start_url: doorPath(id),
    scope: doorPath(id),
    name: `${t('installed')} · Mini Compete`,
    short_name: t('installed'),
    lang: language,
    dir: directionOf(language),
    display: 'standalone',
    background_color: '#fbf9f4',
    theme_color: '#fbf9f4',
    icons: icons.flatMap((icon) => [icon, { ...icon, purpose: 'maskable' }]),
  };
  return Response.json(manifest, { headers: { 'content-type': 'application/manifest+json' } });
}
