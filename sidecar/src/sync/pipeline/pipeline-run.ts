import type { Returns } from '../images/import/imports.ts';
import type { Galleries } from '../images/upload/uploads.ts';
import type { Run } from '../model/run.ts';
import type { Writer } from '../to-salesforce/writer.ts';
import type { Echoes } from '../to-woo/echo-filter.ts';
import type { Pushes } from '../to-woo/product-updates.ts';
import type { SalesforceIds } from '../to-woo/record-ids.ts';
import type { Intake } from './match-buffer.ts';

/** A run with all that drives it: what waits is flushed here, while a step only adds to it. */
export interface PipelineRun extends Run {
  readonly writer: Writer;
  readonly intake: Intake;
  readonly pushes: Pushes;
  readonly galleries: Galleries;
  readonly returns: Returns;
  readonly echoes?: Echoes;
  readonly ids?: SalesforceIds;
}

/** What a run needs for records that go both ways. */
export type BothWays = Pick<
  PipelineRun,
  'told' | 'unsettled' | 'pushes' | 'galleries' | 'returns' | 'links'
>;
