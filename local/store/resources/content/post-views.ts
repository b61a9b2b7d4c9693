import type { PostRecord, ProtectedText, Text, TypeRecord } from '../../content/records.ts';
import type { Person } from '../../content/rights.ts';
import type { SiteZone } from '../../core/zone.ts';
import { wireSeconds } from '../../core/zone.ts';
import type { PostLinks } from './post-links.ts';

/** What only editors see. */
const EDITORS = new Set(['password', 'permalink_template', 'generated_slug']);

export interface Viewer {
  person: Person;
  context: string;
  /** the password that the request names for a protected post */
  password?: string | undefined;
}

/** A post as its route shows it. Texts of protected posts are empty without the password. */
export function postView(
  post: PostRecord,
  type: TypeRecord,
  { person, context, password }: Viewer,
  { zone, links }: { zone: SiteZone; links: PostLinks },
): object {
  const isEdited = context === 'edit';
  const isOpen = isEdited || post.password === '' || post.password === password;
  const fields = Object.entries(post)
    .filter(([name]) => isEdited || !EDITORS.has(name))
    .map(([name, value]) => [name, isEdited ? value : shown(value, isOpen)] as const);
  return {
    ...Object.fromEntries(fields),
    date: zone.pair(wireSeconds(post.date_gmt)).site,
    modified: zone.pair(wireSeconds(post.modified_gmt)).site,
    _links: links.of(post, type, person, context),
  };
}

function shown(value: unknown, isOpen: boolean): unknown {
  if (!isText(value)) {
    return value;
  }
  const { rendered } = value;
  return 'protected' in value
    ? { rendered: isOpen ? rendered : '', protected: value.protected }
    : { rendered };
}

function isText(value: unknown): value is Text | ProtectedText {
  return typeof value === 'object' && value !== null && 'raw' in value && 'rendered' in value;
}
