import { createHash } from 'node:crypto';

import { expect } from 'vitest';

import type { ProductRecord } from '../../local/store/core/records.ts';
import { eventually } from './eventually.ts';
import { LiveWorld } from './live-world.ts';
import type { JourneyWorld } from './journey-world.ts';

/** How many images the shop has got: in the way that is usual for the world, and in the other one. */
export interface Got {
  readonly usual: number;
  readonly other: number;
}

/** What a product's images are looked at with: files of the org, and the shop's library. */
export class ImageWorld {
  readonly live: LiveWorld;
  readonly #world: JourneyWorld;

  constructor(world: JourneyWorld) {
    this.#world = world;
    this.live = new LiveWorld(world);
  }

  /** The shop fetches images from the service, where that has an address; else they are uploaded. */
  get got(): Got {
    const { fetched, uploaded } = this.#world.store.requests.summary().media;
    return this.#world.isTold
      ? { usual: fetched, other: uploaded }
      : { usual: uploaded, other: fetched };
  }

  /** Simple products that the shop shows, in the order of their ids. */
  products(): readonly ProductRecord[] {
    return this.#world.store.shop.products
      .all()
      .map((entry) => entry.read())
      .filter(({ type, status }) => type === 'simple' && status === 'publish');
  }

  /** Uploads a file, to a record where one is given. @returns the id of its document */
  async upload(name: string, bytes: Buffer, recordId?: string): Promise<string> {
    return this.#save({
      Title: name.replace(/\..*$/, ''),
      PathOnClient: name,
      VersionData: bytes.toString('base64'),
      ...(recordId === undefined ? {} : { FirstPublishLocationId: recordId }),
    });
  }

  async newVersion(documentId: string, name: string, bytes: Buffer): Promise<void> {
    const VersionData = bytes.toString('base64');
    await this.#save({ ContentDocumentId: documentId, PathOnClient: name, VersionData });
  }

  /** The record in Salesforce of a product of the shop. */
  recordOf({ id }: Pick<ProductRecord, 'id'>): Promise<string> {
    return this.live.arrives('Product2', id, {});
  }

  /** Saves fields of a product in Salesforce, as a person does. */
  async edit(recordId: string, fields: Readonly<Record<string, unknown>>): Promise<void> {
    const saved = await this.#world.admin.sobject('Product2').update({ Id: recordId, ...fields });
    expect(saved).toMatchObject({ success: true });
  }

  /** Hashes of the images that a product shows; of those that nobody keeps the bytes of, their ids. */
  shown(id: number): readonly (string | number)[] {
    const { products, media } = this.#world.store.shop;
    const images = products.get(id)?.read().images ?? [];
    return images.map((image) => media.get(image.id)?.sha256 ?? image.id);
  }

  /** How often the shop's library has an image. */
  copiesOf(bytes: Buffer): number {
    const all = this.#world.store.shop.media.all.all().map((entry) => entry.read());
    return all.filter((one) => one.sha256 === sha256(bytes)).length;
  }

  /** Waits until a product shows these images, in this order. */
  async shows(id: number, images: readonly (Buffer | number)[]): Promise<void> {
    const wanted = images.map((one) => (typeof one === 'number' ? one : sha256(one)));
    await eventually(() => {
      expect(this.shown(id)).toEqual(wanted);
    });
  }

  /** Waits for the open issue about a product's images. */
  issueOf(id: number): Promise<{ readonly code: string; readonly reason: string }> {
    return eventually(async () => {
      const row = await this.#world.orgRow(
        `SELECT Code__c, Reason__c FROM Woo_Sync_Issue__c
           WHERE Issue_Key__c = 'product:Product2:main:${id}#pictures' AND State__c != 'resolved'`,
      );
      if (!row) throw new Error('no issue');
      return { code: String(row['Code__c']), reason: String(row['Reason__c']) };
    });
  }

  async #save(record: Readonly<Record<string, string>>): Promise<string> {
    const { admin } = this.#world;
    const saved = await admin.sobject('ContentVersion').create(record);
    expect(saved).toMatchObject({ success: true });
    const soql = `SELECT ContentDocumentId FROM ContentVersion WHERE Id = '${String(saved.id)}'`;
    return String((await this.#world.orgRow(soql))?.['ContentDocumentId']);
  }
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
