import type { OutgoingField } from '../../../mapping/model/mapping.ts';
import type { SyncBase } from '../../../ports/two-way-state.ts';
import type { Planned, Returning } from '../../model/record.ts';
import type { Run, TwoWayImages } from '../../model/run.ts';
import { OrgRecords } from '../../read/read-org-rows.ts';
import { imageFields, imagesMayDiffer } from '../direction.ts';
import { shownImages } from '../product-images.ts';
import { importImages } from './import-images.ts';

/** Records whose images go both ways, until it is decided which way. */
export class ImageImports implements TwoWayImages {
  #waiting: Returning[] = [];
  #new: Planned[] = [];

  add(item: Returning): void {
    this.#waiting.push(item);
  }

  field(row: Planned): OutgoingField | undefined {
    return imageFields(row)[0];
  }

  mayDiffer(row: Planned, base: SyncBase | undefined): boolean {
    return imagesMayDiffer(row, base);
  }

  /** A record that is about to be made in Salesforce: its files can only hang on it once it is there. */
  addNew(row: Planned): void {
    const hasImages = shownImages(row.record).length > 0;
    if (hasImages && imageFields(row).length > 0) this.#new.push(row);
  }

  /** @throws CodedError as `bringBack` */
  async flush(run: Run): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    await importImages(run, [...waiting, ...(await this.#made(run))]);
  }

  /** Those that are there by now; the others wait on. */
  async #made(run: Run): Promise<readonly Returning[]> {
    const rows = this.#new;
    this.#new = [];
    const records = new OrgRecords();
    const made: { readonly row: Planned; readonly recordId: string }[] = [];
    for (const [object, some] of Map.groupBy(rows, ({ mapping }) => mapping.object)) {
      const links = await run.state.links(
        object,
        some.map(({ key }) => key),
      );
      for (const row of some) {
        const recordId = links.get(row.key)?.recordId;
        if (recordId === undefined) {
          this.#new.push(row);
          continue;
        }
        made.push({ row, recordId });
        const fields = row.mapping.outgoing.map(({ field }) => field);
        records.want(object, recordId, [...fields, 'LastModifiedDate']);
      }
    }
    const held = await records.read(run.org);
    return made.flatMap(({ row, recordId }) => {
      const there = held.get(recordId);
      if (there === undefined) return [];
      return [{ row, recordId, held: there, base: undefined, decided: null }];
    });
  }
}
