import { objects, text } from '../../../../src/mapping/model/json-shape.ts';
import type { WooRecord } from '../../../../src/mapping/model/record.ts';
import type { MediaLibrary, ProductResult, ProductUpdate } from '../../../../src/ports/store.ts';
import { IdStore } from '../../../support/memory-state.ts';

/** A shop with a media library, which fetches images as WooCommerce does: every time anew. */
export class ImageShop extends IdStore {
  readonly products = new Map<number, WooRecord>();
  /** Names of files in the library, by id. */
  readonly files = new Map<number, string>();
  readonly calls: (readonly ProductUpdate[])[] = [];
  /** A part of the addresses of images that it refuses. */
  refuses = '';
  /** Is thrown after the next call was carried out. */
  lostAnswer: Error | null = null;
  /** Is thrown by the next lists. */
  out: Error | null = null;
  fetched = 0;
  readonly fetchedByCall: number[] = [];
  uploaded = 0;
  override media: MediaLibrary | null = null;
  #ids = 0;

  constructor() {
    super({});
  }

  override list(): ReturnType<IdStore['list']> {
    if (this.out !== null) throw this.out;
    return Promise.resolve({ records: [], total: 0, pages: 1, storeTime: new Date(0) });
  }

  addImage(name: string): number {
    const id = (this.#ids += 1);
    this.files.set(id, name);
    return id;
  }

  addProduct(id: number, images: readonly number[], fields: WooRecord = {}): void {
    this.products.set(id, { id, ...fields, ...this.#shows(images, fields) });
  }

  product(id: number): WooRecord {
    return this.products.get(id) ?? {};
  }

  /** Names of the files that a product shows. */
  shown(id: number): readonly string[] {
    const { images, image } = this.product(id);
    return objects(images ?? (image ? [image] : [])).map((one) =>
      text(one['src']).replace(/^.*\//, ''),
    );
  }

  override readonly updateProducts = (
    updates: readonly ProductUpdate[],
  ): Promise<readonly ProductResult[]> => {
    if (updates.length === 0) return Promise.resolve([]);
    this.calls.push(updates);
    const before = this.fetched;
    const results = updates.map((update) => this.#update(update));
    this.fetchedByCall.push(this.fetched - before);
    const lost = this.lostAnswer;
    this.lostAnswer = null;
    return lost === null ? Promise.resolve(results) : Promise.reject(lost);
  };

  /** Takes uploads from now on. */
  openLibrary(): void {
    const find = (part: string) =>
      [...this.files]
        .filter(([, name]) => name.includes(part))
        .map(([id, name]) => ({ id, src: `https://shop.example/${name}` }));
    this.media = {
      upload: ({ name }) => {
        this.uploaded += 1;
        const id = this.addImage(name);
        const lost = this.lostAnswer;
        this.lostAnswer = null;
        return lost === null ? Promise.resolve({ id, src: name }) : Promise.reject(lost);
      },
      find: (part) => Promise.resolve(find(part)),
      all: () => {
        throw new Error('not walked');
      },
    };
  }

  #update({ id, fields }: ProductUpdate): ProductResult {
    const { images, image } = fields;
    const wanted = objects(images ?? (image ? [image] : []));
    const ids: number[] = [];
    for (const { id: known, src } of wanted) {
      if (known !== undefined) {
        if (!this.files.has(Number(known)))
          return refusal('invalid_image_id', `#${Number(known)} is none`);
        ids.push(Number(known));
        continue;
      }
      if (this.refuses !== '' && text(src).includes(this.refuses)) {
        return refusal('image_upload_error', `Error getting remote image ${text(src)}`);
      }
      this.fetched += 1;
      ids.push(this.addImage(text(src).replace(/^.*\//, '')));
    }
    this.addProduct(id, ids, this.product(id));
    return { record: this.product(id) };
  }

  #shows(images: readonly number[], { parent_id }: WooRecord): WooRecord {
    const shown = images.map((one) => ({
      id: one,
      src: `https://shop.example/uploads/${this.files.get(one) ?? ''}`,
    }));
    return parent_id ? { image: shown[0] ?? null } : { images: shown };
  }
}

function refusal(code: string, message: string): ProductResult {
  return { error: { code: `woocommerce_product_${code}`, message, data: null } };
}
