import type { BodyFields } from '../../rest/request/body.ts';
import { notEmulated, ReplyError } from '../../rest/response/reply.ts';
import type { ProductRecord, VariationRecord } from '../../core/records.ts';
import { wireDate, wireSeconds } from '../../core/zone.ts';
import type { SiteZone } from '../../core/zone.ts';
import { filteredHtml, plainLine } from '../../core/text.ts';
import { decimalOf, flagOf, idsOf, objectOf, textOf, wholeOf } from '../../core/values.ts';

type Item = ProductRecord | VariationRecord;
type Setter = (value: unknown) => unknown;

const oneOf =
  (allowed: readonly string[], otherwise: string): Setter =>
  (value) =>
    allowed.includes(textOf(value)) ? textOf(value) : otherwise;
const line: Setter = (value) => plainLine(textOf(value));
const html: Setter = (value) => filteredHtml(textOf(value));

/** What products and variations take in the same way. */
const shared: Record<string, Setter> = {
  regular_price: decimalOf,
  sale_price: decimalOf,
  global_unique_id: (value) => textOf(value).replace(/[^0-9-]/g, ''),
  virtual: flagOf,
  downloadable: flagOf,
  download_limit: wholeOf,
  download_expiry: wholeOf,
  tax_status: oneOf(['taxable', 'shipping', 'none'], 'taxable'),
  tax_class: (value) => (textOf(value) === 'standard' ? '' : line(value)),
  weight: (value) => decimalOf(value),
  menu_order: wholeOf,
};

const forProducts: Record<string, Setter> = {
  ...shared,
  type: oneOf(['simple', 'grouped', 'external', 'variable'], 'simple'),
  // An unknown status unpublishes; only calls for a single product refuse it.
  status: oneOf(
    ['draft', 'pending', 'private', 'publish', 'future', 'auto-draft', 'trash'],
    'draft',
  ),
  name: (value) => filteredHtml(textOf(value)).trim(),
  featured: flagOf,
  catalog_visibility: oneOf(['visible', 'catalog', 'search', 'hidden'], 'visible'),
  purchase_note: html,
  external_url: line,
  button_text: line,
  sold_individually: flagOf,
  reviews_allowed: flagOf,
  upsell_ids: idsOf,
  cross_sell_ids: idsOf,
  grouped_products: idsOf,
  parent_id: wholeOf,
  post_password: textOf,
};

const forVariations: Record<string, Setter> = {
  ...shared,
  description: html,
  status: oneOf(['draft', 'pending', 'private', 'publish', 'trash'], 'draft'),
};

/** Fields that a real store takes and this one does not. */
const notTaken = ['brands', 'default_attributes', 'downloads', 'shipping_class'] as const;

/** @throws ReplyError 501 where a field is given that this store would lose. */
export function refuseUnsupported(body: BodyFields): void {
  const name = notTaken.find((field) => {
    const value = body[field] ?? '';
    return Array.isArray(value) ? value.length > 0 : value !== '';
  });
  if (name !== undefined) {
    throw new ReplyError(notEmulated(`the product field "${name}" in a write`));
  }
}

/** The simple fields: each stands for itself, and `null` counts as not given. */
export function applyFields(item: Item, body: BodyFields, zone: SiteZone): void {
  const setters = 'image' in item ? forVariations : forProducts;
  for (const [field, set] of Object.entries(setters)) {
    const value = body[field] ?? null;
    if (value !== null) {
      Object.assign(item, { [field]: set(value) });
    }
  }
  const { dimensions } = body;
  if ((dimensions ?? null) !== null) {
    const sizes = Object.entries(objectOf(dimensions))
      .filter(([side]) => ['length', 'width', 'height'].includes(side))
      .map(([side, size]) => [side, decimalOf(size)]);
    item['dimensions'] = { ...objectOf(item['dimensions']), ...Object.fromEntries(sizes) };
  }
  for (const field of ['date_created', 'date_on_sale_from', 'date_on_sale_to']) {
    applyDate(item, field, body, zone);
  }
}

/** A date may be given in site time or, under its `_gmt` name, in UTC; empty text clears it. */
function applyDate(item: Item, field: string, body: BodyFields, zone: SiteZone): void {
  const site = body[field] ?? null;
  const gmt = body[`${field}_gmt`] ?? null;
  const given = gmt ?? site;
  if (given === null) {
    return;
  }
  const wall = wireSeconds(textOf(given).replace(/Z$/, ''));
  if (Number.isNaN(wall)) {
    if (field !== 'date_created') {
      Object.assign(item, { [field]: null, [`${field}_gmt`]: null });
    }
    return;
  }
  const utc = gmt === null ? zone.fromWall(wall) : wall;
  Object.assign(item, { [field]: zone.pair(utc).site, [`${field}_gmt`]: wireDate(utc) });
}
