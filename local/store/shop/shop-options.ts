import type { SiteZone } from '../core/zone.ts';
import type { GeneratorOptions } from '../generate/order-plan.ts';

export interface ShopOptions extends GeneratorOptions {
  /** how many products to generate, beside the recorded ones */
  products: number;
  zone: SiteZone;
}
