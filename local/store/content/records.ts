/**
 * What WordPress keeps beside the shop, as an administrator sees it with `context=edit`. Dates are pairs as in orders:
 * `date` is site time, `date_gmt` UTC. Links are built when an answer is.
 */
export interface PostRecord {
  id: number;
  date: string;
  date_gmt: string;
  modified: string;
  modified_gmt: string;
  password: string;
  slug: string;
  status: string;
  /** the name of its type, such as `event` */
  type: string;
  link: string;
  title: Text;
  content?: ProtectedText;
  excerpt?: ProtectedText;
  author: number;
  featured_media?: number;
  parent?: number;
  menu_order?: number;
  /** what the site registered for REST; other meta is never shown */
  meta: Record<string, unknown>;
  /** the fields of ACF, or `[]` where the type has no group that is shown in REST */
  acf: unknown;
  [field: string]: unknown;
}

export interface Text {
  raw: string;
  rendered: string;
}

export interface ProtectedText extends Text {
  protected: boolean;
  block_version?: number;
}

/** A type of posts; the capabilities are names of rights. */
export interface TypeRecord {
  name: string;
  slug: string;
  taxonomies: string[];
  rest_base: string;
  rest_namespace: string;
  supports: Record<string, unknown>;
  capabilities: Record<string, string>;
  viewable: boolean;
  [field: string]: unknown;
}

export interface TaxonomyRecord {
  name: string;
  slug: string;
  types: string[];
  hierarchical: boolean;
  rest_base: string;
  rest_namespace: string;
  capabilities: Record<string, string>;
  [field: string]: unknown;
}

export interface UserRecord {
  id: number;
  username: string;
  name: string;
  first_name: string;
  last_name: string;
  email: string;
  slug: string;
  roles: string[];
  /** with its zone, `2026-09-03T08:00:00+00:00` */
  registered_date: string;
  acf: unknown;
  [field: string]: unknown;
}

/** A category, tag or term of another taxonomy; `count` is worked out when it is shown. */
export interface TermRecord {
  id: number;
  count: number;
  description: string;
  link: string;
  name: string;
  slug: string;
  taxonomy: string;
  parent?: number;
  [field: string]: unknown;
}
