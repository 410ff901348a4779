import { describe, expect, it } from 'vitest';
import { literalTexts } from './literals.js';

const check = (jsx: string) => literalTexts('page.tsx', `export const Page = () => (\n${jsx}\n);`);

describe('the check of texts of pages', () => {
  it.each([
    ['<p>Sold out</p>', 'Sold out'],
    ['<p>{count} seats</p>', 'seats'],
    ["<p>{'Sold out'}</p>", 'Sold out'],
    ["<p>{isFull ? 'Full' : t('open')}</p>", 'Full'],
    ["<p>{isFull && 'Full'}</p>", 'Full'],
    [`<p>{\`\${count} seats\`}</p>`, 'seats'],
    ['<input aria-label="Search" />', 'Search'],
    ['<input placeholder={"Search"} />', 'Search'],
    ["<img alt={isFull ? 'Full' : ''} />", 'Full'],
    [`<Notice title={\`Canceled by \${name}\`} />`, 'Canceled by'],
    [`<title>{\`\${title} · Competitions\`}</title>`, '· Competitions'],
  ])('reports %s', (jsx, text) => {
    expect(check(jsx)).toEqual([`page.tsx:2: ${text}`]);
  });

  it('accepts texts of the catalogs, what is no word, and what nobody sees', () => {
    const jsx = `<section className="grid" id="people" aria-label={t('label')} data-kind={kind ?? 'open'}>
      {t('title')} · {count}: {' '}
      <Button tone="primary" size={isLarge ? 'lg' : 'sm'} title={t(isFull ? 'full' : 'open')} onClick={() => run('join')} />
      {status === 'open' && <Seats />}
      <title>{\`\${t('title')} · Mini Compete\`}</title>
    </section>`;
    expect(check(jsx)).toEqual([]);
  });
});
