import { createHash } from 'node:crypto';
import type { CodedError } from '../../../../src/errors/coded-error.ts';
import type { Mapping, OutgoingField } from '../../../../src/mapping/model/mapping.ts';
import type { ImageLinks } from '../../../../src/ports/images.ts';
import type { Collection, FileVersion, ItemResult, NewFile } from '../../../../src/ports/org.ts';
import type { Planned, Returning } from '../../../../src/sync/model/record.ts';
import type { PipelineRun } from '../../../../src/sync/pipeline/pipeline-run.ts';
import { bothWays, pushToWoo } from '../../../../src/sync/pipeline/push-to-woo.ts';
import { CollectedFailures } from '../../../../src/sync/report/collected-failures.ts';
import { Report } from '../../../../src/sync/report/run-report.ts';
import { png } from '../../../support/image-bytes.ts';
import { MemoryState } from '../../../support/memory-state.ts';
import { CountingPage, mappingTo, rowOf } from '../../../support/rows.ts';
import { ImageShop } from '../support/image-shop.ts';
import { fileId } from '../support/image-world.ts';
import { verified } from '../../../support/links.ts';

const FIELDS = { featured_image: 'Featured__c', gallery_images: 'Gallery__c' } as const;
type Kind = keyof typeof FIELDS;

/** A mapping whose images go both ways. @param length characters of the gallery field */
export function bothMapping(
  over: Partial<Mapping> = {},
  kinds: readonly Kind[] = ['featured_image', 'gallery_images'],
  length = 255,
): Mapping {
  const outgoing = kinds.map((kind) => {
    return { kind, field: FIELDS[kind], direction: 'both', length } as unknown as OutgoingField;
  });
  return mappingTo('Product2', { resource: 'product', outgoing, keepShopImages: true, ...over });
}

const ADDRESS = 'https://shop.example/uploads/';

/** A shop with images, and an org whose files they become. */
export class BackWorld {
  readonly shop = new ImageShop();
  state = new MemoryState();
  /** What the records' fields hold, by product. */
  readonly held = new Map<number, Record<string, unknown>>();
  readonly uploads: NewFile[] = [];
  readonly writes: Record<string, unknown>[] = [];
  /** Documents that records show, by record. */
  readonly links = new Map<string, string[]>();
  /** What the next upload or write is answered with. */
  refusal: CodedError | null = null;
  writeError: ItemResult['errors'][number] | null = null;
  /** The process ends before the next write. */
  diesAtWrite = false;
  /** The next write is carried out, and the process ends before it hears so. */
  diesBehindWrite = false;
  /** Codes of issues that were kept before that, with what the record held then. */
  readonly keptFirst: (readonly [code: string, held: string, sent: number])[] = [];
  fetches = 0;
  readonly #files = new Map<string, { readonly version: FileVersion; readonly bytes: Buffer }>();

  constructor() {
    const fetchImage = this.shop.fetchImage;
    this.shop.fetchImage = (src, most) => {
      this.fetches += 1;
      return fetchImage(src, most);
    };
  }

  /** An image in the shop's library. @returns its id */
  image(name: string, bytes: Buffer = png(10, 10, this.shop.files.size)): number {
    this.shop.images.set(ADDRESS + name, bytes);
    return this.shop.addImage(name);
  }

  show(product: number, images: readonly number[], fields: Record<string, unknown> = {}): void {
    this.shop.addProduct(product, images, fields);
  }

  /** A file of Salesforce. @returns its document's id */
  file(bytes: Buffer, recordId?: string): string {
    const documentId = fileId(this.#files.size + 1);
    const checksum = md5(bytes);
    const version = {
      documentId,
      versionId: `068v${documentId}`,
      title: 'File',
      size: 1,
      checksum,
    };
    this.#files.set(documentId, { version, bytes });
    if (recordId !== undefined) this.#link(documentId, recordId);
    return documentId;
  }

  /** A new version of a file. */
  replace(documentId: string, bytes: Buffer): void {
    const version = { documentId, versionId: `068w${documentId}`, title: 'File', size: 1 };
    this.#files.set(documentId, { version: { ...version, checksum: md5(bytes) }, bytes });
  }

  /** What the images that a product's fields name are, in order. */
  named(product: number): readonly (string | undefined)[] {
    return Object.values(FIELDS)
      .flatMap((field) => this.held.get(product)?.[field] ?? [])
      .flatMap((text) => (typeof text === 'string' ? text.split(';') : []))
      .map((id) => this.#files.get(id)?.version.checksum);
  }

  /** What a look at products does. @returns the issues */
  async look(products: readonly number[] = [7], options: LookOptions = {}) {
    const { mapping = bothMapping(), decided = null } = options;
    const findings = new CollectedFailures();
    const run = this.run(options, products, findings);
    const keys = products.map((id) => `main:${id}`);
    const known = await this.state.twoWay.syncBases('Product2', keys);
    for (const id of products) {
      run.imageImports.add({
        row: this.planned(id, mapping),
        recordId: recordOf(id),
        held: this.#heldBy(id),
        base: known.get(`main:${id}`),
        decided,
      });
    }
    await pushToWoo(run);
    return findings.take().map(({ code, reason, key, wooValue, salesforceValue }) => ({
      code,
      reason,
      key,
      wooValue,
      salesforceValue,
    }));
  }

  planned(id: number, mapping: Mapping): Planned {
    const key = `main:${id}`;
    return {
      mapping,
      record: this.shop.product(id),
      key,
      parentKey: null,
      readNumber: 0,
      readAt: new Date(0),
      page: new CountingPage(),
      row: rowOf(key),
      link: undefined,
    };
  }

  /** The record of a product is in Salesforce from now on. */
  isMade(id: number): void {
    this.#heldBy(id);
    const key = `main:${id}`;
    this.state.saved.set(`Product2 ${key}`, {
      object: 'Product2',
      key,
      recordId: recordOf(id),
      ...verified('hash'),
      parentKey: null,
      byId: false,
      readNumber: 0,
    });
  }

  run(
    { mapping = bothMapping(), dirty = false, follow }: LookOptions = {},
    products: readonly number[] = [],
    findings = new CollectedFailures(),
  ): PipelineRun {
    const links: ImageLinks = {
      offer: ({ hash, name }) => `https://sidecar.example/${hash}/secret/${name}`,
      withStoreLock: (_store, work) => work(),
    };
    const toldOf = products.map((id) => [`main:${id}`, 1] as const);
    return {
      org: this.#org(),
      store: this.shop,
      state: this.state,
      mappings: [mapping],
      report: new Report([mapping], findings),
      dry: false,
      ...(follow && { enqueueFollowUps: follow }),
      keepDecided: () => {
        for (const { code, recordKey } of findings.decided) {
          const held = JSON.stringify(this.held.get(Number(recordKey.split(':')[1])));
          this.keptFirst.push([code, held, this.shop.calls.length]);
        }
        return Promise.resolve();
      },
      ...bothWays(new Map(dirty ? toldOf : []), links),
    } as unknown as PipelineRun;
  }

  #heldBy(id: number): Record<string, unknown> {
    const held = this.held.get(id) ?? { Featured__c: null, Gallery__c: null };
    this.held.set(id, held);
    return held;
  }

  #link(documentId: string, recordId: string): void {
    this.links.set(recordId, [...(this.links.get(recordId) ?? []), documentId]);
  }

  #refuse(): void {
    const { refusal } = this;
    this.refusal = null;
    if (refusal !== null) throw refusal;
  }

  #org() {
    const files = {
      latestVersions: (ids: readonly string[]) => {
        const found = ids.flatMap((id) => this.#files.get(id)?.version ?? []);
        return Promise.resolve(new Map(found.map((version) => [version.documentId, version])));
      },
      linked: () => Promise.resolve(new Map(this.links)),
      link: (documentId: string, recordId: string) => {
        this.#link(documentId, recordId);
        return Promise.resolve();
      },
      // eslint-disable-next-line @typescript-eslint/require-await -- a refusal must reject
      upload: async (file: NewFile) => {
        this.#refuse();
        this.uploads.push(file);
        const documentId = this.file(file.bytes, file.linkTo);
        return { documentId, versionId: `068v${documentId}` };
      },
      read: (versionId: string) =>
        Promise.resolve(this.#files.get(versionId.slice('068v'.length))?.bytes ?? null),
    };
    const queries = () =>
      Promise.resolve([[...this.held].map(([id, fields]) => ({ Id: recordOf(id), ...fields }))]);
    return {
      files,
      queries,
      write: (collections: readonly Collection[]) => this.#write(collections),
    };
  }

  #write(collections: readonly Collection[]): Promise<readonly (readonly ItemResult[])[]> {
    if (this.diesAtWrite) return Promise.reject(new Error('killed'));
    const results = collections.map((collection) => {
      if (collection.kind !== 'update') throw new Error(`no ${collection.kind} was expected`);
      return collection.records.map((text): ItemResult => {
        const { id, ...fields } = JSON.parse(text) as Record<string, unknown>;
        if (this.writeError !== null)
          return { id: null, created: false, errors: [this.writeError] };
        this.writes.push(fields);
        Object.assign(this.#heldBy(Number(String(id).slice(3))), fields);
        return { id: String(id), created: false, errors: [] };
      });
    });
    if (this.diesBehindWrite) return Promise.reject(new Error('killed'));
    return Promise.resolve(results);
  }
}

interface LookOptions {
  readonly mapping?: Mapping;
  readonly dirty?: boolean;
  readonly decided?: Returning['decided'];
  readonly follow?: PipelineRun['enqueueFollowUps'];
}

export function recordOf(product: number): string {
  return `01t${product}`;
}

export function md5(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('hex');
}
