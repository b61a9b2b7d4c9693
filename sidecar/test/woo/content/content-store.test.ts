import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { ContentReads } from '../../../src/woo/content/content-store.ts';
import type { HttpAnswer, StoreRead } from '../../../src/woo/types.ts';
import { failureOf } from '../../support/scripted-server.ts';

const TYPES = {
  post: { slug: 'post', rest_base: 'posts', rest_namespace: 'wp/v2' },
  book: { slug: 'book', rest_base: 'library', rest_namespace: 'books/v1' },
  attachment: { slug: 'attachment', rest_base: 'media', rest_namespace: 'wp/v2' },
  wp_font_face: {
    slug: 'wp_font_face',
    rest_base: 'font-families/(?P<font_family_id>[\\d]+)/font-faces',
    rest_namespace: 'wp/v2',
  },
};
const TAXONOMIES = {
  category: { slug: 'category', rest_base: 'categories', rest_namespace: 'wp/v2' },
};

function answer(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  const all = {
    'content-type': 'application/json',
    'x-wp-total': '1',
    'x-wp-totalpages': '1',
    ...headers,
  };
  return {
    status,
    header: (name) => Object.entries(all).find(([one]) => one === name)?.[1] ?? null,
    body: JSON.stringify(body),
  };
}

const coded = (status: number, code: string) =>
  answer(status, { code, message: '', data: { status } });

async function refusalOf(work: Promise<unknown>): Promise<CodedError> {
  const error = await failureOf(work);
  if (error instanceof CodedError) return error;
  throw new Error('That is no coded error.', { cause: error });
}

function open(types: HttpAnswer = answer(200, TYPES)) {
  const asked: string[] = [];
  const gets = (reads: readonly StoreRead[]) => {
    asked.push(reads.map(({ path }) => path).join(' '));
    return Promise.resolve(
      reads.map(({ path, query }) => {
        // Of what is keyed by names, WordPress takes these for fields.
        if ('_fields' in query) return answer(200, []);
        return path.endsWith('/types') ? types : answer(200, TAXONOMIES);
      }),
    );
  };
  const words = { access: 'the password in P', cure: 'Correct P.' };
  const where = { host: 'shop.example', url: 'https://shop.example' };
  return { asked, reads: new ContentReads(gets, { ...where, ...words }) };
}

describe('as whom content is read', () => {
  it.each([
    [{ roles: ['administrator'], capabilities: {} }, 'administrator'],
    [
      { roles: ['site_owner'], capabilities: { read: true, manage_options: true } },
      'administrator',
    ],
    [{ roles: ['author'], capabilities: { read: true, manage_options: false } }, 'user'],
    [{ roles: [], capabilities: [] }, 'user'],
  ])('WordPress shows to the user itself: %j', (me, user) => {
    expect(open().reads.user(answer(200, me))).toBe(user);
  });

  it('may be nobody', () => {
    expect(open().reads.user(coded(401, 'rest_not_logged_in'))).toBe('visitor');
  });

  it('is refused where the password is wrong', async () => {
    const { reads } = open();
    const refused = await refusalOf(
      Promise.resolve().then(() => reads.user(coded(401, 'incorrect_password'))),
    );
    expect(refused).toMatchObject({ code: 'CONTENT_REFUSED', cure: 'Correct P.' });
  });
});

describe('where content is', () => {
  it('the shop says itself, once', async () => {
    const { asked, reads } = open();
    const paths = [];
    for (const list of [
      'content/book',
      'content/category',
      'content/user',
      'content/attachment',
    ] as const)
      paths.push((await reads.readsOf(list, {})).reads[0].path);
    expect(paths).toEqual([
      'content/books/v1/library',
      'content/wp/v2/categories',
      'content/wp/v2/users',
      'content/wp/v2/media',
    ]);
    expect(asked).toEqual(['content/wp/v2/taxonomies content/wp/v2/types']);
  });

  it('has dates where it is of a post type', async () => {
    const { reads } = open();
    expect(await reads.isDated('content/attachment')).toBe(true);
    expect([await reads.isDated('content/user'), await reads.isDated('content/category')]).toEqual([
      false,
      false,
    ]);
  });

  it('is said of a type that is not shown, with those that are', async () => {
    const { reads } = open();
    const error = await refusalOf(reads.readsOf('content/wp_font_face', {}));
    expect(error).toMatchObject({ code: 'CONTENT_TYPE_UNKNOWN' });
    expect(error.message).toContain('attachment, book, category, post, user');
  });

  it('of the values of an attribute is what the shop itself has to show', async () => {
    const { reads } = open();
    const error = await refusalOf(reads.readsOf('content/pa_colour', {}));
    expect(error).toMatchObject({ code: 'CONTENT_TYPE_UNKNOWN' });
    expect(error.cure).toContain('woocommerce_taxonomy_args_pa_colour');
  });

  it('is asked for again where the answer was none', async () => {
    const { asked, reads } = open(coded(401, 'incorrect_password'));
    expect(await failureOf(reads.isDated('content/post'))).toMatchObject({
      code: 'CONTENT_REFUSED',
      cure: 'Correct P.',
    });
    await failureOf(reads.isDated('content/post'));
    expect(asked).toHaveLength(2);
  });
});

describe('a read', () => {
  it('names dates as WordPress does, and their zone', async () => {
    const { reads } = open();
    const [{ query }] = (
      await reads.readsOf('content/post', {
        modified_after: '2026-03-20T11:59:59',
        dates_are_gmt: 'true',
        orderby: 'modified',
        _fields: 'id,date_modified_gmt,content_type,title',
      })
    ).reads;
    expect(query).toEqual({
      modified_after: '2026-03-20T11:59:59Z',
      orderby: 'modified',
      _fields: 'id,modified_gmt,title',
    });
  });

  it('of terms is by pages, and two of them where it begins within one', async () => {
    const { reads } = open();
    const asked = async (offset: string) => {
      const found = await reads.readsOf('content/category', { offset, per_page: '100' });
      return [found.reads.map(({ query }) => query['page']), found.skip];
    };
    expect(await asked('200')).toEqual([['3'], 0]);
    expect(await asked('99')).toEqual([['1', '2'], 99]);
    const posts = await reads.readsOf('content/post', { offset: '99', per_page: '100' });
    expect(posts.reads.map(({ query }) => query['offset'])).toEqual(['99']);
  });

  it('is answered with records that say their type, and their date as all others do', () => {
    const { reads } = open();
    const { records } = reads.page('content/book', answer(200, [{ id: 7, modified_gmt: 'then' }]));
    expect(records).toEqual([
      { id: 7, modified_gmt: 'then', date_modified_gmt: 'then', content_type: 'book' },
    ]);
  });

  it.each([
    ['content/user', coded(403, 'rest_forbidden_context'), /list_users/],
    ['content/post', coded(401, 'rest_forbidden_context'), /edit_posts/],
    ['content/post', coded(400, 'rest_invalid_param'), /read_private_posts/],
    ['content/post', coded(404, 'rest_no_route'), /plugin/],
    ['content/post', coded(401, 'incorrect_password'), /^Correct P/],
    ['content/post', { ...answer(403, ''), body: '<html>' }, /firewall/],
  ] as const)('of %s that is refused says what is lacking', async (list, refusal, cure) => {
    const { reads } = open();
    const error = await refusalOf(Promise.resolve().then(() => reads.page(list, refusal)));
    expect(error.code).toBe('CONTENT_REFUSED');
    expect(error.cure).toMatch(cure);
  });
});

describe('users of whom WordPress counts more than it shows', () => {
  const page = (query: Readonly<Record<string, string>>, total: number, shown: number) => {
    const users = answer(
      200,
      Array.from({ length: shown }, (_, at) => ({ id: at + 1 })),
    );
    const header = (name: string) => (name === 'x-wp-total' ? `${total}` : users.header(name));
    const sent = { method: 'GET', path: 'content/wp/v2/users', query } as const;
    return { ...users, header, sent };
  };
  const edit = { context: 'edit', per_page: '100' };

  it.each([
    [page(edit, 165, 1)],
    [page({ ...edit, include: '7' }, 1, 0)],
    [page({ ...edit, offset: '100' }, 165, 64)],
    [page({ ...edit, page: '2', per_page: '50' }, 165, 49)],
    [page({ ...edit, page: '4', per_page: '50' }, 165, 14)],
    [page({ context: 'edit' }, 11, 9)],
  ])('are no list: the user lacks a right', async (answered) => {
    const { reads } = open();
    const looked = Promise.resolve().then(() => reads.page('content/user', answered));
    const error = await refusalOf(looked);
    expect(error.code).toBe('CONTENT_REFUSED');
    expect(error.cure).toContain('edit_users');
  });

  it.each([
    [page(edit, 165, 100)],
    [page({ ...edit, offset: '100' }, 165, 65)],
    [page({ ...edit, offset: '200' }, 165, 0)],
    [page(edit, 0, 0)],
    [page({ ...edit, page: '4', per_page: '50' }, 165, 15)],
    [page({ per_page: '100' }, 165, 1)],
  ])('are a list where all of a page are there, or were not asked for so', (answered) => {
    expect(open().reads.page('content/user', answered).records).toBeDefined();
  });

  it('are users: of other content a page may hold fewer, as a plugin leaves some out', () => {
    expect(open().reads.page('content/post', page(edit, 165, 1)).records).toHaveLength(1);
  });

  it('are not gone where one may not be edited', async () => {
    const { reads } = open();
    const refusal = coded(403, 'rest_forbidden_context');
    const looked = Promise.resolve().then(() => reads.single('content/user', refusal));
    expect((await refusalOf(looked)).cure).toContain('edit_users');
  });
});

describe('a record that was asked for by itself', () => {
  it.each([
    [401, 'rest_forbidden'],
    [403, 'rest_forbidden'],
    [404, 'rest_post_invalid_id'],
    [410, 'rest_gone'],
  ])('is gone after %i', (status, code) => {
    expect(open().reads.single('content/post', coded(status, code))).toBeNull();
  });

  it('is not gone where the password is wrong, or a firewall answers', async () => {
    for (const refusal of [
      coded(401, 'incorrect_password'),
      { ...answer(403, ''), body: '<html>' },
    ]) {
      const read = Promise.resolve().then(() => open().reads.single('content/post', refusal));
      expect((await refusalOf(read)).code).toBe('WOO_KEY_REFUSED');
    }
  });
});
