import { textOf } from '../core/values.ts';
import { newPassword } from '../rest/request/auth.ts';
import { done } from './action.ts';
import type { Action } from './action.ts';

/** What the site's editors do with posts of every type, with users and with terms. */
export const contentActions: readonly Action[] = [
  {
    method: 'GET',
    path: /^\/content$/,
    run: ({ shop }) => shop.site.posts.all().map((entry) => entry.read()),
  },
  {
    method: 'POST',
    path: /^\/content$/,
    run: ({ posts }, _ids, { type, ...patch }) => posts.add(textOf(type), patch),
  },
  {
    method: 'PATCH',
    path: /^\/content\/(\d+)$/,
    run: ({ posts }, [id = 0], patch, options) => posts.change(id, patch, options),
  },
  {
    method: 'DELETE',
    path: /^\/content\/(\d+)$/,
    run: ({ posts }, [id = 0], _patch, { force }) =>
      force
        ? done(() => {
            posts.remove(id);
          })
        : posts.trash(id),
  },
  {
    method: 'POST',
    path: /^\/content\/(\d+)\/restore$/,
    run: ({ posts }, [id = 0], patch) => posts.restore(id, patch),
  },
  {
    method: 'POST',
    path: /^\/users$/,
    run: ({ people }, _ids, patch) => {
      const password = newPassword();
      return { ...people.add(patch, password), application_password: password };
    },
  },
  {
    method: 'PATCH',
    path: /^\/users\/(\d+)$/,
    run: ({ people }, [id = 0], patch) => people.change(id, patch),
  },
  {
    method: 'DELETE',
    path: /^\/users\/(\d+)$/,
    run: ({ people }, [id = 0]) =>
      done(() => {
        people.remove(id);
      }),
  },
  {
    method: 'POST',
    path: /^\/terms$/,
    run: ({ people }, _ids, patch) => people.addTerm(patch),
  },
  {
    method: 'PATCH',
    path: /^\/terms\/(\d+)$/,
    run: ({ people }, [id = 0], patch) => people.changeTerm(id, patch),
  },
  {
    method: 'DELETE',
    path: /^\/terms\/(\d+)$/,
    run: ({ people }, [id = 0]) =>
      done(() => {
        people.removeTerm(id);
      }),
  },
];
