import type { Deviation, Exchange } from './exchange.ts';
import type { Probing } from './probing.ts';
import type { Verdict } from './verdict.ts';

/** What this project takes for true of Salesforce or WooCommerce, and cannot try without an org or a shop. */
interface Stated {
  /** Words joined by dashes; stays the same. */
  readonly id: string;
  /** In Markdown. */
  readonly statement: string;
  /** Files and folders of the project that change where the statement is false. */
  readonly places: readonly string[];
  /** What a deploy fails with where the statement is false: asked by `--deploy-only`. */
  readonly refusals?: readonly Refusal[];
}

/** A kind of component failure. */
interface Refusal {
  /** Metadata types of the component. */
  readonly types: readonly string[];
  /** What the org says of it; anything when left out. */
  readonly says?: RegExp;
}

/** Settled by requests to a real org or shop. */
export interface Probed extends Stated {
  /** How many API calls of the org the probe makes at most, those by the gateway counted. */
  readonly calls: number;
  /** How long it may take; 60 when left out. */
  readonly seconds?: number;
  readonly probe: (probing: Probing) => Promise<Verdict>;
  /** Answers as an org for which the statement holds, where the local org cannot be asked: for tests alone. */
  readonly standIn?: (exchange: Exchange) => void;
  /** An org or shop for which the probe must say that it differs. */
  readonly deviation: Deviation;
}

/** Settled by a person, as no script can. */
interface ByHand extends Stated {
  /** What the person does, and what must be seen. */
  readonly person: string;
}

/** Settled already. */
export interface Settled extends Stated {
  readonly source: string;
}

export type Assumption = Probed | ByHand | Settled;

/** A subject with its assumptions, as a section of docs/unproven.md. */
export interface Subject {
  readonly title: string;
  readonly assumptions: readonly Assumption[];
}

export const isProbed = (one: Assumption): one is Probed => 'probe' in one;
export const isSettled = (one: Assumption): one is Settled => 'source' in one;
