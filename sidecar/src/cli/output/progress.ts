import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import type { BackfillProgress } from '../../sync/report/backfill-progress.ts';
import type { Terminal } from './terminal.ts';

/** Shows how far a run is; `stop` ends the display. */
export interface ProgressView {
  show(progress: BackfillProgress): void;
  stop(): void;
}

/** Characters of the line beside the bar: name, counts to a million, time left. */
const BESIDE_BAR = 60;

/** A bar per list with the time left on a terminal; elsewhere a line at each tenth of a list. */
export function progressView(stream: Terminal): ProgressView {
  return stream.isTTY ? new Bars(stream) : new Lines(stream);
}

class Bars implements ProgressView {
  readonly #bars: MultiBar;
  readonly #byList = new Map<string, SingleBar>();

  constructor(stream: Terminal) {
    this.#bars = new MultiBar(
      {
        stream,
        format: '{name} {bar} {value}/{total} {eta_formatted} left',
        // A line that is longer than the terminal would be drawn anew instead of over itself.
        barsize: Math.max(4, Math.min(40, (stream.columns ?? 80) - BESIDE_BAR)),
        hideCursor: true,
        clearOnComplete: false,
      },
      Presets.shades_classic,
    );
  }

  show({ store, list, read, total, resumed }: BackfillProgress): void {
    const name = `${store} ${list}${resumed ? ' (resumed)' : ''}`.padEnd(24);
    let bar = this.#byList.get(name);
    if (!bar) {
      bar = this.#bars.create(Math.max(total, read), 0, { name });
      this.#byList.set(name, bar);
    }
    // A list that grows under the walk, or repeats records at a second's edge, may show more than it said.
    bar.setTotal(Math.max(total, read));
    bar.update(read);
  }

  stop(): void {
    this.#bars.stop();
  }
}

class Lines implements ProgressView {
  readonly #stream: Terminal;
  readonly #tenths = new Map<string, number>();

  constructor(stream: Terminal) {
    this.#stream = stream;
  }

  show({ store, list, read, total, resumed }: BackfillProgress): void {
    const name = `${store} ${list}`;
    const tenth = total > 0 ? Math.floor((10 * read) / total) : 10;
    if (this.#tenths.get(name) === tenth) return;
    this.#tenths.set(name, tenth);
    this.#stream.write(`${name}: ${read} of ${total}${resumed ? ' (resumed)' : ''}\n`);
  }

  stop(): void {
    this.#tenths.clear();
  }
}
