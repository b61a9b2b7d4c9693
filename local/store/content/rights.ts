import type { Role } from '../rest/request/auth.ts';
import type { PostRecord, TypeRecord } from './records.ts';
import type { SiteContent } from './site.ts';

/** Who asks. A stranger has no role and the id 0. */
export interface Person {
  id: number;
  role: Role | undefined;
}

/** What WooCommerce gives its two roles; those of WordPress are read off the recorded users. */
const WOOCOMMERCE: Partial<Record<Role, readonly string[]>> = {
  customer: ['read'],
  shop_manager: (
    'read read_private_pages read_private_posts edit_posts edit_pages edit_published_posts ' +
    'edit_published_pages edit_private_pages edit_private_posts edit_others_posts edit_others_pages ' +
    'publish_posts publish_pages delete_posts delete_pages delete_private_pages delete_private_posts ' +
    'delete_published_pages delete_published_posts delete_others_posts delete_others_pages ' +
    'manage_categories moderate_comments upload_files export import list_users'
  ).split(' '),
};

/** The rights that WordPress reads as another: those of categories and tags. */
const SAME_AS: Record<string, string> = {
  edit_categories: 'manage_categories',
  delete_categories: 'manage_categories',
  assign_categories: 'edit_posts',
  manage_post_tags: 'manage_categories',
  edit_post_tags: 'manage_categories',
  delete_post_tags: 'manage_categories',
  assign_post_tags: 'edit_posts',
};

/** Who may do what on the site. */
export class Rights {
  readonly #site: SiteContent;
  readonly #ofRole: ReadonlyMap<string, ReadonlySet<string>>;

  constructor(site: SiteContent) {
    this.#site = site;
    const recorded = site.users.all().map((entry): [string, ReadonlySet<string>] => {
      const { capabilities, roles } = entry.read();
      return [roles[0] ?? '', new Set(Object.keys(capabilities as object))];
    });
    const added = Object.entries(WOOCOMMERCE).map(
      ([role, names]) => [role, new Set(names)] as const,
    );
    this.#ofRole = new Map([...recorded, ...added]);
  }

  /** Every right that a role has. */
  ofRole(role: string): readonly string[] {
    return [...(this.#ofRole.get(role) ?? [])];
  }

  has({ role }: Person, capability: string | undefined): boolean {
    return (
      role !== undefined &&
      capability !== undefined &&
      this.#ofRole.get(role)?.has(SAME_AS[capability] ?? capability) === true
    );
  }

  /** Whether somebody has the right that a type gives this name, such as `edit_posts`. */
  inType(person: Person, type: TypeRecord, name: string): boolean {
    return this.has(person, type.capabilities[name]);
  }

  /** A trashed post is judged by what it was before. */
  mayEdit(person: Person, post: PostRecord): boolean {
    const type = this.#typeOf(post);
    const may = (name: string): boolean => this.inType(person, type, name);
    const status = this.#lastingStatus(post);
    const isOut = status === 'publish' || status === 'future';
    if (person.id === post.author) {
      return may(isOut ? 'edit_published_posts' : 'edit_posts');
    }
    return (
      may('edit_others_posts') &&
      (!isOut || may('edit_published_posts')) &&
      (status !== 'private' || may('edit_private_posts'))
    );
  }

  mayRead(person: Person, post: PostRecord): boolean {
    if (post.status === 'publish') {
      return true;
    }
    if (post.status === 'private') {
      const own = person.id === post.author && person.id !== 0;
      return own || this.inType(person, this.#typeOf(post), 'read_private_posts');
    }
    return this.mayEdit(person, post);
  }

  #lastingStatus({ id, status }: PostRecord): string {
    return status === 'trash' ? (this.#site.statusBefore.get(id) ?? 'publish') : status;
  }

  #typeOf({ type: name }: PostRecord): TypeRecord {
    const type = this.#site.types[name];
    if (type === undefined) {
      throw new Error(`The site has no type ${name}.`);
    }
    return type;
  }
}
