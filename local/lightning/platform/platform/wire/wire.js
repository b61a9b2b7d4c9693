import { freeze } from 'platform/freeze';

/** Adapters of components that are on the page. */
const live = new Set();

/** Adapters on the page that `matches` says yes to. */
export const connected = (matches) => [...live].filter(matches);

/**
 * A wire adapter: asks when its configuration changes, and drops answers that are no longer wanted.
 * A subclass says when it has what it needs (`isReady`), what to ask (`ask`) and how results look (`shape`).
 */
export class Wire {
  constructor(emit) {
    this.emit = emit;
    this.turn = 0;
    // A wired property has this value until the first answer, as with Lightning Data Service.
    emit(this.shape({ data: undefined, error: undefined }));
  }

  connect() {
    live.add(this);
    if (this.config) this.run();
  }

  disconnect() {
    live.delete(this);
    this.turn += 1;
  }

  update(config) {
    const key = JSON.stringify(config);
    if (key === this.key) return;
    this.key = key;
    this.config = config;
    if (live.has(this)) this.run();
  }

  /** Asks, a refresh anew in any case; settles when the component has the answer. */
  async run({ isRefresh = false } = {}) {
    this.turn += 1;
    const { turn } = this;
    if (!this.isReady(this.config)) return;
    const result = await this.ask(this.config, { isRefresh }).then(
      (data) => ({ data, error: undefined }),
      (error) => ({ data: undefined, error }),
    );
    if (turn === this.turn) this.give(result, { isRefresh });
  }

  /** A refresh that brings what is shown already is not heard, as in an org. */
  give(result, { isRefresh = false } = {}) {
    const text = JSON.stringify(result);
    if (isRefresh && text === this.given) return;
    this.given = text;
    this.result = result;
    this.emit(freeze(this.shape(result)));
  }

  shape(result) {
    return result;
  }
}
