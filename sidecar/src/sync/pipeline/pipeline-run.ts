import type { ImageImports } from '../images/import/imports.ts';
import type { ImageUploads } from '../images/upload/uploads.ts';
import type { Leads } from '../leads/leads.ts';
import type { Run } from '../model/run.ts';
import type { Writer } from '../to-salesforce/writer.ts';
import type { EchoFilter } from '../to-woo/echo-filter.ts';
import type { ShopUpdates } from '../to-woo/shop-updates.ts';
import type { CustomerTotals } from '../totals/customer-totals.ts';
import type { SalesforceIds } from '../to-woo/record-ids.ts';
import type { MatchBuffer } from './match-buffer.ts';

/** A run with all that drives it: what waits is flushed here, while a step only adds to it. */
export interface PipelineRun extends Run {
  readonly writer: Writer;
  readonly matchBuffer: MatchBuffer;
  readonly shopUpdates: ShopUpdates;
  readonly imageUploads: ImageUploads;
  readonly imageImports: ImageImports;
  readonly echoes?: EchoFilter;
  readonly ids?: SalesforceIds;
  readonly totals?: CustomerTotals;
  readonly leads?: Leads;
}

/** What a run needs for records that go both ways. */
export type BothWays = Pick<
  PipelineRun,
  'dirty' | 'stillDirty' | 'shopUpdates' | 'imageUploads' | 'imageImports' | 'links'
>;
