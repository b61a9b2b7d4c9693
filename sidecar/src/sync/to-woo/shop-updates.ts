import { agreedName } from '../model/digest.ts';
import type { ShopChange } from '../model/record.ts';
import type { Run } from '../model/run.ts';
import { type Answered, sendOrders } from './order-updates.ts';
import { sendProducts } from './product-updates.ts';

/** Changes on their way to the shop, sent together. */
export class ShopUpdates {
  #waiting: ShopChange[] = [];
  /** What the last flush has sent, as `valuesOf` has it. */
  #sent: ReadonlySet<string> = new Set();

  add(change: ShopChange): void {
    this.#waiting.push(change);
  }

  /**
   * Writes what waits, in batches, and remembers what both sides hold then. What the shop refuses is reported,
   * and stays reported, so that it is looked at again.
   * @returns orders as the shop answered them, which Salesforce does not have yet
   * @throws CodedError where the shop is out; what was written is written again then, to no effect
   */
  async flush(run: Run): Promise<readonly Answered[]> {
    this.#sent = new Set(this.#waiting.flatMap(valuesOf));
    const waiting = Map.groupBy(this.#waiting, ({ mapping }) => mapping.resource);
    this.#waiting = [];
    await sendProducts(run, waiting.get('product') ?? []);
    return sendOrders(run, waiting.get('order') ?? []);
  }

  /** What came after the last flush. `isNew` where it has a value that the shop was not just sent. */
  get late(): readonly { readonly change: ShopChange; readonly isNew: boolean }[] {
    return this.#waiting.map((change) => ({
      change,
      isNew: valuesOf(change).some((value) => !this.#sent.has(value)),
    }));
  }
}

function valuesOf({ mapping, key, fields }: ShopChange): readonly string[] {
  return fields.map(({ field, held }) =>
    JSON.stringify([mapping.name, key, agreedName(field), field.fromSalesforce(held)]),
  );
}
