import { createHash } from 'node:crypto';
import type { Mapping, OutgoingField } from '../../../../src/mapping/model/mapping.ts';
import type { OfferedImage, ImageLinks } from '../../../../src/ports/images.ts';
import type { FileVersion } from '../../../../src/ports/org.ts';
import type { PipelineRun } from '../../../../src/sync/pipeline/pipeline-run.ts';
import { bothWays } from '../../../../src/sync/pipeline/push-to-woo.ts';
import { CollectedFailures } from '../../../../src/sync/report/collected-failures.ts';
import { Report } from '../../../../src/sync/report/run-report.ts';
import { png } from '../../../support/image-bytes.ts';
import { MemoryState } from '../../../support/memory-state.ts';
import { CountingPage, mappingTo, rowOf } from '../../../support/rows.ts';
import { ImageShop } from './image-shop.ts';

const FIELDS = { featured_image: 'Featured__c', gallery_images: 'Gallery__c' } as const;

/** The id of a file's document, of 18 characters, by a number. */
export function fileId(number: number): string {
  return `069${String(number).padStart(12, '0')}AAA`;
}

export function imagesMapping(
  over: Partial<Mapping> = {},
  kinds: readonly (keyof typeof FIELDS)[] = ['featured_image', 'gallery_images'],
): Mapping {
  const outgoing = kinds.map((kind) => ({ kind, field: FIELDS[kind] }) as OutgoingField);
  return mappingTo('Product2', { resource: 'product', outgoing, ...over });
}

/** Files of Salesforce, products of a shop, and what is between them. */
export class ImageWorld {
  readonly shop = new ImageShop();
  readonly state = new MemoryState();
  readonly links: ImageLinks = {
    offer: ({ hash, name }: OfferedImage) =>
      this.reachable ? `https://sidecar.example/${hash}/secret/${name}` : null,
    withStoreLock: async (_store, work) => {
      this.turns += 1;
      await work();
    },
  };
  reachable = true;
  turns = 0;
  /** What counts what the shop was sent has heard. */
  readonly noted: string[] = [];
  /** Calls to Salesforce. */
  queries = 0;
  reads = 0;
  readonly #files = new Map<string, { readonly version: FileVersion; readonly bytes: Buffer }>();
  #versions = 0;

  /** Makes a file, or a new version of it. @returns the piece of its hash in names */
  file(number: number, bytes: Buffer = png(10, 10, number), size = bytes.length): string {
    const checksum = createHash('md5').update(bytes).digest('hex');
    const documentId = fileId(number);
    const versionId = `068v${(this.#versions += 1)}`;
    const version = { documentId, versionId, title: `Pic ${number}`, size, checksum };
    this.#files.set(documentId, { version, bytes });
    return checksum.slice(0, 16);
  }

  /** Files 1 to so many. */
  files(count: number): void {
    for (let number = 1; number <= count; number += 1) this.file(number);
  }

  hide(number: number): void {
    this.#files.delete(fileId(number));
  }

  /** Brings the images of products to the shop, as Salesforce has them. @returns the issues */
  async bring(
    fields: ReadonlyMap<number, readonly [featured: string | null, gallery: string | null]>,
    {
      mapping = imagesMapping(),
      told = true,
      links = this.links,
    }: { mapping?: Mapping; told?: boolean; links?: ImageLinks | null } = {},
  ) {
    const findings = new CollectedFailures();
    const keys = [...fields.keys()].map((id) => `main:${id}`);
    const run = {
      org: { files: this.#org() },
      store: this.shop,
      state: this.state,
      mappings: [mapping],
      report: new Report([mapping], findings),
      dry: false,
      shopBacklog: {
        sending: (resource: string, sent: readonly string[]) =>
          void this.noted.push(`sending ${resource} ${sent.join(' ')}`),
        refused: (resource: string, key: string) =>
          void this.noted.push(`refused ${resource} ${key}`),
      },
      ...bothWays(new Map(told ? keys.map((key) => [key, 1]) : []), links),
    } as unknown as PipelineRun;
    const known = await this.state.twoWay.syncBases('Product2', keys);
    for (const [id, [featured, gallery]] of fields) {
      const key = `main:${id}`;
      const record = this.shop.product(id);
      const row = { mapping, record, key, parentKey: null, readNumber: 0, readAt: new Date(0) };
      run.imageUploads.see([record]);
      run.imageUploads.add({
        row: { ...row, page: new CountingPage(), row: rowOf(key), link: undefined },
        recordId: `01t${id}`,
        held: { Featured__c: featured, Gallery__c: gallery },
        base: known.get(key),
      });
    }
    await run.imageUploads.flush(run);
    return findings.take().map(({ code, reason }) => ({ code, reason }));
  }

  /** The same for one product. */
  one(
    featured: string | null,
    gallery: string | null,
    options: Parameters<ImageWorld['bring']>[1] = {},
  ) {
    return this.bring(new Map([[7, [featured, gallery]]]), options);
  }

  #org() {
    return {
      latestVersions: (ids: readonly string[]) => {
        this.queries += 1;
        const found = ids.flatMap((id) => this.#files.get(id)?.version ?? []);
        return Promise.resolve(new Map(found.map((version) => [version.documentId, version])));
      },
      read: (versionId: string) => {
        this.reads += 1;
        const found = [...this.#files.values()].find(
          ({ version }) => version.versionId === versionId,
        );
        return Promise.resolve(found?.bytes ?? null);
      },
    };
  }
}
