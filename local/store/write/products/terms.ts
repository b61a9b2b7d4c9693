import type { NewIds } from '../../shop/ids.ts';
import type { ProductRecord } from '../../core/records.ts';
import { encodedSlug, filteredHtml, slugOf } from '../../core/text.ts';
import { listOf, objectOf, textOf, wholeOf } from '../../core/values.ts';

interface Term {
  id: number;
  name: string;
  slug: string;
}

/** An attribute that the shop keeps for all products, such as Color. */
interface Attribute {
  id: number;
  name: string;
  slug: string;
}

const uncategorized: Term = { id: 15, name: 'Uncategorized', slug: 'uncategorized' };

/** Categories, tags and attributes that some product has; others are unknown to the local store. */
export class Terms {
  readonly #categories = new Map<number, Term>([[uncategorized.id, uncategorized]]);
  readonly #tags = new Map<number, Term>();
  readonly #attributes = new Map<number, Attribute>();
  readonly #ids: NewIds;

  constructor(products: readonly ProductRecord[], ids: NewIds) {
    this.#ids = ids;
    for (const product of products) {
      for (const term of product.categories as Term[]) {
        this.#categories.set(term.id, term);
      }
      for (const term of product.tags as Term[]) {
        this.#tags.set(term.id, term);
      }
      for (const item of listOf(product['attributes'])) {
        const { id, name, slug } = item as Attribute;
        this.#attributes.set(id, { id, name, slug });
      }
    }
    this.#attributes.delete(0);
  }

  /** By id only; a product without any known one is uncategorized. */
  categories(given: unknown): Term[] {
    const found = listOf(given).flatMap(
      (item) => this.#categories.get(wholeOf(objectOf(item)['id'])) ?? [],
    );
    return found.length === 0 ? [uncategorized] : found;
  }

  /** By id, or by name, which makes a new tag where there is none. */
  tags(given: unknown): Term[] {
    return listOf(given).flatMap((item) => {
      const { id, name } = objectOf(item);
      return this.#tags.get(wholeOf(id)) ?? this.#tagNamed(filteredHtml(textOf(name).trim()));
    });
  }

  #tagNamed(name: string): Term[] {
    if (name === '') {
      return [];
    }
    const known = [...this.#tags.values()].find((tag) => tag.name === name);
    const tag = known ?? { id: this.#ids.term(), name, slug: encodedSlug(slugOf(name)) };
    this.#tags.set(tag.id, tag);
    return [tag];
  }

  /** A product's attributes; a bar in an option splits it. */
  attributes(given: unknown): object[] {
    return listOf(given).flatMap((item) => {
      const { id, name, position, visible, variation, options } = objectOf(item);
      const shared = this.#attributes.get(wholeOf(id));
      const own = textOf(name).trim();
      if (shared === undefined && own === '') {
        return [];
      }
      return {
        id: shared?.id ?? 0,
        name: shared?.name ?? own,
        slug: shared?.slug ?? own,
        position: wholeOf(position),
        visible: visible === true,
        variation: variation === true,
        options: (Array.isArray(options) ? (options as unknown[]) : [options])
          .flatMap((option) => textOf(option).split('|'))
          .map((option) => option.trim())
          .filter((option) => option !== ''),
      };
    });
  }

  /** A variation's choice for each attribute of its parent that it names. */
  choices(given: unknown, parent: ProductRecord): VariationChoice[] {
    const own = listOf(parent['attributes']).map((item) => item as Attribute);
    return listOf(given).flatMap((item) => {
      const { id, name, option } = objectOf(item);
      const wanted = wholeOf(id);
      const found = own.find((attribute) =>
        wanted === 0 ? attribute.name === textOf(name) : attribute.id === wanted,
      );
      return found === undefined
        ? []
        : { id: found.id, name: found.name, slug: found.slug, option: textOf(option) };
    });
  }
}

export interface VariationChoice {
  id: number;
  name: string;
  slug: string;
  option: string;
}
