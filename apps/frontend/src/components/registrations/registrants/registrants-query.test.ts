import { expect, it } from 'vitest';
import { nextSort, parseView, viewPath } from './registrants-query';

it('U14 the address holds filter, order and search, and nothing that is the default', () => {
  const view = parseView({ show: 'waiting', sort: '-name', search: 'ada', after: 'cursor' });
  expect(view).toEqual({
    show: 'waiting',
    sort: '-name',
    search: 'ada',
    after: 'cursor',
    question: '',
    answer: '',
    checkIn: 'all',
  });
  expect(viewPath('/organize/1', view, {})).toBe('/organize/1?show=waiting&sort=-name&search=ada');
  expect(viewPath('/organize/1', view, { after: 'next' })).toContain('after=next');
  expect(viewPath('/organize/1', view, { question: 'size', answer: 'M' })).toBe(
    '/organize/1?show=waiting&sort=-name&search=ada&question=size&answer=M',
  );
  expect(viewPath('/organize/1', view, { search: '', checkIn: 'absent' })).toBe(
    '/organize/1?show=waiting&sort=-name&checkin=absent',
  );
  expect(viewPath('/organize/1', parseView({ show: 'odd', sort: 'odd' }), {})).toBe('/organize/1');
});

it('U14 a column sorts up, then down', () => {
  expect(nextSort('registered', 'name')).toBe('name');
  expect(nextSort('name', 'name')).toBe('-name');
  expect(nextSort('-name', 'name')).toBe('name');
});
