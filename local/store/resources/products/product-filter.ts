import type { Entry } from '../../core/collection.ts';
import type { Params } from '../../rest/request/params.ts';
import type { ProductRecord, VariationRecord } from '../../core/records.ts';
import { found } from '../listing.ts';

/** What products and variations are filtered by in the same way. */
type Item = ProductRecord | VariationRecord;
type Test<R> = (entry: Entry<R>) => boolean;

/** Parameters of the product lists that the local store does not know how to answer. */
export const unsupportedProductParams = [
  'attribute',
  'attribute_term',
  'attributes',
  'brand',
  'pos_products_only',
  'search_fields',
  'shipping_class',
] as const;

/** Status first, which needs no record. */
export function itemFilter<R extends Item>(params: Params): Test<R> {
  const tests: Test<R>[] = [statusTest(params), ...textTests<R>(params), ...flagTests<R>(params)];
  return (entry) => tests.every((test) => test(entry));
}

/** `any` leaves out the trash. */
function statusTest(params: Params): Test<unknown> {
  const one = params.text('status') ?? 'any';
  const include = params.texts('include_status');
  const exclude = params.texts('exclude_status');
  const wanted = include.length > 0 ? include : [one];
  return ({ status }) =>
    !exclude.includes(status) &&
    (wanted.includes('any') ? status !== 'trash' : wanted.includes(status));
}

function textTests<R extends Item>(params: Params): Test<R>[] {
  const tests: Test<R>[] = [];
  const on = (name: string, test: (record: R, wanted: string) => boolean): void => {
    const wanted = params.text(name);
    if (wanted !== undefined && wanted !== '') {
      tests.push((entry) => test(entry.read(), wanted));
    }
  };
  on('sku', ({ sku }, wanted) => listOf(wanted).includes(sku));
  on('global_unique_id', (item, wanted) => listOf(wanted).includes(item.global_unique_id));
  on('slug', (item, wanted) => item['slug'] === wanted);
  on('stock_status', (item, wanted) => item.stock_status === wanted);
  on('tax_class', (item, wanted) => (item.tax_class || 'standard') === wanted);
  on('min_price', ({ price }, wanted) => price !== '' && Number(price) >= Number(wanted));
  on('max_price', ({ price }, wanted) => price !== '' && Number(price) <= Number(wanted));
  on('search_sku', ({ sku }, wanted) => found(wanted, [sku]));
  on('search_name_or_sku', ({ sku, name }, wanted) => found(wanted, [sku, name]));
  on('search', (item, wanted) => found(wanted, searched(item)));
  return tests;
}

/** The search box does not look at SKUs. */
function searched(item: Item): string[] {
  const short = item['short_description'];
  return [item.name, item.description, typeof short === 'string' ? short : ''];
}

function flagTests<R extends Item>(params: Params): Test<R>[] {
  const tests: Test<R>[] = [];
  for (const name of ['on_sale', 'virtual', 'downloadable', 'featured']) {
    const wanted = params.flag(name);
    if (wanted !== undefined) {
      tests.push((entry) => entry.read()[name] === wanted);
    }
  }
  const hasPrice = params.flag('has_price');
  if (hasPrice !== undefined) {
    tests.push((entry) => (entry.read().price !== '') === hasPrice);
  }
  const parents = params.ids('parent');
  if (parents.length > 0) {
    tests.push((entry) => parents.includes(entry.read().parent_id));
  }
  const notParents = params.ids('parent_exclude');
  if (notParents.length > 0) {
    tests.push((entry) => !notParents.includes(entry.read().parent_id));
  }
  return tests;
}

/** Filters that only products know. */
export function productTests(params: Params): Test<ProductRecord> {
  const type = params.text('type');
  const include = params.texts('include_types');
  const exclude = params.texts('exclude_types');
  const category = listOf(params.text('category') ?? '').map(Number);
  const tag = listOf(params.text('tag') ?? '').map(Number);
  return (entry) => {
    const product = entry.read();
    return (
      (type === undefined || product.type === type) &&
      (include.length === 0 || include.includes(product.type)) &&
      !exclude.includes(product.type) &&
      (category.length === 0 || product.categories.some(({ id }) => category.includes(id))) &&
      (tag.length === 0 || product.tags.some(({ id }) => tag.includes(id)))
    );
  };
}

type Compare = (a: Item, b: Item) => number;

const byNumber =
  (value: (item: Item) => number): Compare =>
  (a, b) =>
    value(a) - value(b);
const byText =
  (value: (item: Item) => string): Compare =>
  (a, b) =>
    value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0;
const numberIn = (item: Item, field: string): number => Number(item[field] ?? 0);

const orders: Record<string, Compare> = {
  title: byText(({ name }) => name.toLowerCase()),
  slug: byText(({ permalink }) => permalink),
  price: byNumber(({ price }) => Number(price)),
  popularity: byNumber((item) => numberIn(item, 'total_sales')),
  sales: byNumber((item) => numberIn(item, 'total_sales')),
  rating: byNumber((item) => numberIn(item, 'average_rating')),
  menu_order: byNumber((item) => item.menu_order),
};

/** How to compare records for an order that needs more than dates and ids. */
export function itemOrder(orderby: string | undefined): Compare | undefined {
  return orderby === undefined ? undefined : orders[orderby];
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
