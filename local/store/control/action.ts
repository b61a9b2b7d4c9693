import type { Backup } from '../shop/backup.ts';
import type { ShopClock } from '../core/clock.ts';
import type { Edits } from '../write/edits.ts';
import type { Faults } from '../faults/faults.ts';
import type { Hosting } from '../core/hosting.ts';
import type { RequestCount } from '../rest/request-count.ts';
import type { EditOptions } from '../shop/ledger.ts';
import type { MediaFiles } from '../media/files.ts';
import type { Patch } from '../core/patch.ts';
import type { Shop } from '../shop/shop.ts';
import type { Webhooks } from '../webhooks/webhooks.ts';
import type { CatalogueWrites } from '../write/catalogue-writes.ts';
import type { PeopleWrites } from '../write/content/people-writes.ts';
import type { PostWrites } from '../write/content/post-writes.ts';
import type { MediaWrites } from '../write/media/media-writes.ts';
import type { OrderWrites } from '../write/orders/order-writes.ts';

/** What the back door works on. */
export interface Control {
  shop: Shop;
  backup: Backup;
  edits: Edits;
  requests: RequestCount;
  orders: OrderWrites;
  media: MediaWrites;
  files: MediaFiles;
  posts: PostWrites;
  people: PeopleWrites;
  catalogue: CatalogueWrites;
  webhooks: Webhooks;
  faults: Faults;
  clock: ShopClock;
  hosting: Hosting;
}

export interface ControlOptions extends EditOptions {
  force: boolean;
}

/** One thing that the back door does. Adding one is adding it to a list. */
export interface Action {
  method: string;
  /** below `/local` */
  path: RegExp;
  /** `ids` are the numbers in the path. @throws Error with a sentence where it cannot be done */
  run: (control: Control, ids: number[], patch: Patch, options: ControlOptions) => unknown;
}

/** For what answers nothing else. */
export function done(action: () => void): { done: true } {
  action();
  return { done: true };
}

/** @throws Error that names an option which the action has not */
export function onlyOptions(patch: Patch, names: readonly string[]): void {
  const stranger = Object.keys(patch).find((name) => !names.includes(name));
  if (stranger !== undefined) {
    throw new Error(`There is no option ${stranger}: give ${names.join(' and ')}.`);
  }
}
