import { Rights } from '../../content/rights.ts';
import type { TermRecord, UserRecord } from '../../content/records.ts';
import { postEntry, termEntry, userEntry } from '../../content/site.ts';
import type { Patch } from '../../core/patch.ts';
import { merged } from '../../core/patch.ts';
import { RECORDED_ORIGIN } from '../../core/recordings.ts';
import { encodedSlug, slugOf } from '../../core/text.ts';
import { textOf, wholeOf } from '../../core/values.ts';
import type { ApplicationPassword } from '../../rest/request/auth.ts';
import type { Ledger } from '../../shop/ledger.ts';

const USER_FIELDS = 'first_name last_name name email url description nickname roles acf'.split(' ');

/** What an administrator does with the site's people and terms. WordPress keeps no date of their changes. */
export class PeopleWrites {
  readonly #ledger: Ledger;
  readonly #passwords: ApplicationPassword[];

  constructor(ledger: Ledger, passwords: ApplicationPassword[]) {
    this.#ledger = ledger;
    this.#passwords = passwords;
  }

  /** A user with a role and an application password. */
  add({ username, role, ...patch }: Patch, password: string): UserRecord {
    const { site } = this.#ledger.shop;
    const name = textOf(username);
    const rights = new Rights(site).ofRole(textOf(role));
    const like = site.users.all()[0]?.read();
    if (name === '' || rights.length === 0 || like === undefined) {
      throw new Error(
        'Give a username and a role of the site, such as {"username": "ann", "role": "author"}.',
      );
    }
    if (site.users.all().some((entry) => entry.read().username === name)) {
      throw new Error(`There is a user ${name} already.`);
    }
    const id = this.#ledger.ids.customer();
    const slug = slugOf(name);
    const own = Object.fromEntries(rights.map((right) => [right, true]));
    const user: UserRecord = {
      ...structuredClone(like),
      id,
      username: name,
      name,
      nickname: name,
      slug,
      first_name: '',
      last_name: '',
      email: `${slug}@store.example`,
      url: '',
      description: '',
      acf: [],
      link: `${RECORDED_ORIGIN}/author/${slug}/`,
      roles: [textOf(role)],
      registered_date: `${this.#ledger.instant().gmt}+00:00`,
      capabilities: { ...own, [textOf(role)]: true },
      extra_capabilities: { [textOf(role)]: true },
    };
    this.#passwords.push({ user: name, password });
    return this.#save(user, patch);
  }

  change(id: number, patch: Patch): UserRecord {
    return this.#save(this.#user(id), patch);
  }

  /** What the user wrote goes to the administrator; application passwords are the user's own, and go too. */
  remove(id: number): void {
    const { site } = this.#ledger.shop;
    const { username } = this.#user(id);
    site.users.remove(id);
    const others = this.#passwords.filter(({ user }) => user !== username);
    this.#passwords.splice(0, this.#passwords.length, ...others);
    for (const entry of site.posts.all().filter(({ owner }) => owner === id)) {
      site.posts.put(postEntry({ ...entry.read(), author: 1 }));
    }
  }

  addTerm({ taxonomy, name, slug, parent, description }: Patch): TermRecord {
    const { site } = this.#ledger.shop;
    const kind = site.taxonomies[textOf(taxonomy)];
    if (kind === undefined || textOf(name) === '') {
      throw new Error(
        'Give a taxonomy and a name, such as {"taxonomy": "category", "name": "News"}.',
      );
    }
    const own = textOf(slug) || encodedSlug(slugOf(textOf(name)));
    const term: TermRecord = {
      id: this.#ledger.ids.term(),
      count: 0,
      description: textOf(description),
      link: `${RECORDED_ORIGIN}/${kind.slug === 'post_tag' ? 'tag' : kind.slug}/${own}/`,
      name: textOf(name),
      slug: own,
      taxonomy: kind.slug,
      ...(kind.hierarchical ? { parent: wholeOf(parent) } : {}),
      meta: [],
      acf: [],
    };
    site.terms.put(termEntry(term));
    return term;
  }

  changeTerm(id: number, patch: Patch): TermRecord {
    const term = merged(this.#term(id), patch, `Term ${id}`);
    this.#ledger.shop.site.terms.put(termEntry(term));
    return term;
  }

  /** Posts lose the term; no date moves. */
  removeTerm(id: number): void {
    const { site } = this.#ledger.shop;
    const base = site.taxonomies[this.#term(id).taxonomy]?.rest_base ?? '';
    site.terms.remove(id);
    for (const entry of site.posts.all()) {
      const terms = entry.read()[base];
      if (Array.isArray(terms) && terms.includes(id)) {
        site.posts.put(postEntry({ ...entry.read(), [base]: terms.filter((own) => own !== id) }));
      }
    }
  }

  #save(user: UserRecord, patch: Patch): UserRecord {
    const stranger = Object.keys(patch).find((field) => !USER_FIELDS.includes(field));
    if (stranger !== undefined) {
      throw new Error(`Users have no field "${stranger}" that can be changed here.`);
    }
    const saved = { ...user, ...patch };
    this.#ledger.shop.site.users.put(userEntry(saved));
    return saved;
  }

  #user(id: number): UserRecord {
    const user = this.#ledger.shop.site.users.get(id)?.read();
    if (user === undefined) {
      throw new Error(
        `Nobody with the id ${id} works here; buyers are changed under /local/customers.`,
      );
    }
    return user;
  }

  #term(id: number): TermRecord {
    const term = this.#ledger.shop.site.terms.get(id)?.read();
    if (term === undefined) {
      throw new Error(`There is no term ${id}.`);
    }
    return term;
  }
}
