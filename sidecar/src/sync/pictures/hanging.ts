import { objects } from '../../mapping/shape.ts';
import { wooId } from '../../mapping/keys.ts';
import type { WooRecord } from '../../mapping/types.ts';
import type { FileVersion, ProductResult, ProductUpdate } from '../ports.ts';
import { arranged, markOf, type Wanted } from './gallery.ts';
import { notVisible, type PictureProblem, type Shelf } from './shelf.ts';
import type { SeenFile } from './picture-book.ts';
import type { Wish } from './wish.ts';

/** Times that a record is tried after the shop has lost pictures that we knew. */
const MOST_LOSSES = 3;

/** What becomes of the pictures of one record, round by round. */
export class Hanging {
  readonly wish: Wish;
  readonly problems: PictureProblem[];
  readonly #versions: ReadonlyMap<string, FileVersion>;
  readonly #shelf: Shelf;
  readonly #bad = new Set<string>();
  /** The shop refused several new ones together: each comes by itself now. */
  #oneByOne = false;
  #losses = 0;

  constructor(
    wish: Wish,
    versions: ReadonlyMap<string, FileVersion>,
    files: ReadonlyMap<string, SeenFile>,
    shelf: Shelf,
  ) {
    this.wish = wish;
    this.#versions = withSeen(versions, files);
    this.#shelf = shelf;
    this.problems = wish.problems.map(({ code, message }) => ({ code, message }));
    for (const id of this.#ids) if (!versions.has(id)) this.problems.push(notVisible(id));
    if (wish.isVariation && wish.gallery.length > 0) {
      const message = 'A variation has one picture only; its gallery was left out.';
      this.problems.push({ code: 'IMAGE_VARIATION', message });
    }
  }

  get #ids(): readonly string[] {
    const { featured, gallery } = this.wish;
    return featured === null ? gallery : [featured, ...gallery];
  }

  /** Pictures that the shop does not have yet, as far as they are to come in this round. */
  get missing(): readonly FileVersion[] {
    const found = this.#list().flatMap(({ hash, id }) =>
      hash === null || id !== null ? [] : (this.#versionOf(hash) ?? []),
    );
    return this.#oneByOne ? found.slice(0, 1) : found;
  }

  /** A picture cannot come; the others go on. */
  spoil({ checksum }: FileVersion, problem: PictureProblem): void {
    this.#bad.add(checksum);
    this.problems.push(problem);
  }

  /**
   * @param sources where the shop fetches new pictures from, by hash
   * @returns the change; null where the shop shows already what it should
   */
  update(sources: ReadonlyMap<string, string>): ProductUpdate | null {
    const list = this.#now(sources);
    const { shown, row, isVariation } = this.wish;
    const isSame =
      list.length === shown.length &&
      list.every(({ id }, at) => id !== null && id === shown[at]?.id);
    if (isSame) return null;
    const images = list.map(({ hash, id }) =>
      id === null ? { src: sources.get(hash ?? '') ?? '' } : { id },
    );
    const { record } = row;
    return {
      id: Number(record['id']),
      parentId: isVariation ? wooId(record['parent_id']) : null,
      fields: isVariation ? { image: images[0] ?? null } : { images },
    };
  }

  /**
   * What the shop made of an update.
   * @returns the pictures that are there now, or `again` for another round
   */
  async take(
    sources: ReadonlyMap<string, string>,
    result: ProductResult,
  ): Promise<readonly number[] | 'again'> {
    const sent = this.#now(sources);
    if ('error' in result) return this.#refused(sent, result.error);
    const ids = picturesOf(result.record);
    const isSeveral = this.#oneByOne;
    const came = sent.flatMap(({ hash, id }, at): (readonly [string, number])[] => {
      const now = ids[at];
      return hash === null || id !== null || now === undefined ? [] : [[markOf(hash), now]];
    });
    await this.#shelf.keep(new Map(came));
    return isSeveral && this.missing.length > 0 ? 'again' : ids;
  }

  async #refused(
    sent: readonly { readonly hash: string | null; readonly id: number | null }[],
    { code, message }: { readonly code: string; readonly message: string },
  ): Promise<readonly number[] | 'again'> {
    const lost = Number(/#(\d+)/.exec(message)?.[1]);
    if (code === 'woocommerce_product_invalid_image_id' && lost > 0 && this.#losses < MOST_LOSSES) {
      this.#losses += 1;
      await this.#shelf.forget(lost);
      return 'again';
    }
    const fresh = sent.flatMap(({ hash, id }) => (hash !== null && id === null ? [hash] : []));
    const [only] = fresh;
    if (fresh.length > 1) {
      this.#oneByOne = true;
      return 'again';
    }
    const version = only === undefined ? undefined : this.#versionOf(only);
    if (version === undefined) {
      this.problems.push({
        code: 'IMAGE_REFUSED',
        message: `The shop refused the pictures (${code}).`,
      });
      return [];
    }
    this.spoil(version, {
      code: 'IMAGE_REFUSED',
      // The shop's own words hold the address that it was to fetch from.
      message: `The shop refused the picture of the file ${version.documentId} (${code}).`,
    });
    return 'again';
  }

  #now(sources: ReadonlyMap<string, string>) {
    const list = this.#list().filter(
      ({ hash, id }) => id !== null || (hash !== null && sources.has(hash)),
    );
    return this.wish.isVariation ? list.slice(0, 1) : list;
  }

  #list() {
    const { featured, gallery, shown, row, isVariation } = this.wish;
    const wanted = (id: string): readonly Wanted[] => {
      const hash = this.#versions.get(id)?.checksum;
      if (hash === undefined || this.#bad.has(hash)) return [];
      return [{ hash, id: this.#shelf.idOf(markOf(hash)) }];
    };
    const first = featured === null ? [] : wanted(featured);
    const others = isVariation ? [] : gallery.flatMap(wanted);
    return arranged(first[0] ?? null, others, shown, row.mapping.keepShopImages);
  }

  #versionOf(hash: string): FileVersion | undefined {
    return [...this.#versions.values()].find(({ checksum }) => checksum === hash);
  }
}

/** Of a file that is not visible any more, the picture that is in the shop stays there. */
function withSeen(
  versions: ReadonlyMap<string, FileVersion>,
  files: ReadonlyMap<string, SeenFile>,
): ReadonlyMap<string, FileVersion> {
  const seen = [...files.values()].map(({ documentId, versionId, hash }) => {
    const version = { documentId, versionId, title: documentId, size: 0, checksum: hash };
    return [documentId, version] as const;
  });
  return new Map([...seen, ...versions]);
}

function picturesOf(record: WooRecord): readonly number[] {
  const image = record['image'];
  const list = Array.isArray(record['images'])
    ? objects(record['images'])
    : objects(image === null || image === undefined ? [] : [image]);
  return list.flatMap(({ id }) => wooId(id) ?? []);
}
