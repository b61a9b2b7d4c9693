import { CodedError } from '../../errors/coded-error.ts';
import { forPurpose } from '../../lib/call-purpose.ts';
import { placeOf } from '../../lib/error-location.ts';
import type { StoreSetup } from '../../ports/setup.ts';
import type { State } from '../../ports/state.ts';
import { shopOf } from '../../sync/detect/webhook-source.ts';
import type { StoreParts } from './store-parts.ts';

/** What is to be said of an address that is not the store's lies beside its cursors. */
const FOUND = 'webhook source';
/** The address that a person has taken for the store's, as `shopOf` names it. */
const ADOPTED = 'adopted home';
const HOUR_MS = 3_600_000;
/** Where the shop did not say what its address is. */
const ASKED_AGAIN_MS = 600_000;
/** What nobody has seen for so long is not said any more. */
const FORGOTTEN_MS = 24 * HOUR_MS;
/** Addresses that are remembered of one store. */
const MOST = 50;

interface Verdict {
  readonly isOther: boolean;
  /** Milliseconds; then the shop is asked again. */
  readonly until: number;
}

interface Found {
  readonly source: string;
  /** What the shop at the address of the store calls its own. */
  readonly home: string;
  readonly at: string;
}

type Parts = Pick<StoreParts, 'state' | 'clock' | 'log' | 'budgets' | 'onIssues'>;

/**
 * Tells the webhooks of a store from those of a copy that has its secret, such as a staging site. An address that does
 * not fit is believed until the shop itself, at the address of the store, says that its own is another one.
 */
export class WebhookSources {
  readonly #setup: StoreSetup;
  readonly #parts: Parts;
  readonly #verdicts = new Map<string, Verdict>();
  #asking: Promise<void> | null = null;
  #savedAt = 0;

  constructor(setup: StoreSetup, parts: Parts) {
    this.#setup = setup;
    this.#parts = parts;
  }

  /** @param source as X-WC-Webhook-Source has it, of a webhook that is signed with the secret of the store */
  isOther(source: string): boolean {
    const name = shopOf(source);
    if (name === null || name === shopOf(this.#setup.store.url)) return false;
    const verdict = this.#verdicts.get(name);
    const now = this.#parts.clock.now().getTime();
    const isDue = now >= (verdict?.until ?? 0) || (verdict?.isOther && this.#isSaidLongAgo(now));
    if (isDue) this.#asking ??= this.#ask(name, source).finally(() => (this.#asking = null));
    return verdict?.isOther ?? false;
  }

  /** Resolves when the shop is not asked any more. */
  async idle(): Promise<void> {
    await this.#asking;
  }

  #isSaidLongAgo(now: number): boolean {
    return now - this.#savedAt > HOUR_MS;
  }

  async #ask(name: string, source: string): Promise<void> {
    const { state, clock, log } = this.#parts;
    const { store } = this.#setup;
    try {
      const adopted = await state.cursor(store.key, ADOPTED);
      const home = adopted === name ? source : await this.#home();
      const isOther = shopOf(home) !== name;
      this.#remember(name, isOther, HOUR_MS);
      if (adopted === name) return;
      const found: Found = { source, home, at: clock.now().toISOString() };
      this.#savedAt = clock.now().getTime();
      await state.saveCursor(store.key, FOUND, found);
      this.#parts.onIssues();
    } catch (error) {
      this.#remember(name, false, ASKED_AGAIN_MS);
      const said = error instanceof CodedError ? { code: error.code, cure: error.cure } : {};
      log.warn(
        { store: store.key, ...said, at: placeOf(error) },
        'a webhook names another address, and the shop could not be asked for its own',
      );
    }
  }

  #home(): Promise<string> {
    const { store } = this.#setup;
    const allowance = this.#parts.budgets.allowance('changes', store.key);
    return forPurpose(
      'webhooks',
      () => store.home(),
      () => {
        allowance.spend();
      },
    );
  }

  #remember(name: string, isOther: boolean, forMs: number): void {
    if (this.#verdicts.size >= MOST) this.#verdicts.clear();
    this.#verdicts.set(name, { isOther, until: this.#parts.clock.now().getTime() + forMs });
  }
}

/** What is to be said of the addresses that webhooks of a store have named; null for nothing. */
export async function sourceProblem(
  state: Pick<State, 'cursor'>,
  {
    store,
    label,
  }: Pick<StoreSetup, 'label'> & { readonly store: Pick<StoreSetup['store'], 'key' | 'url'> },
  now: Date,
): Promise<CodedError | null> {
  const found = (await state.cursor(store.key, FOUND)) as Found | null;
  if (found === null || now.getTime() - Date.parse(found.at) > FORGOTTEN_MS) return null;
  const { source, home } = found;
  if (shopOf(source) === shopOf(store.url)) return null;
  if (shopOf(source) === shopOf(home))
    return new CodedError(
      'STORE_SHOP_MOVED',
      `The shop of the store ${label} calls itself ${home}, and its Woo Store has another address. Its events are taken.`,
      `If that is the shop's new address, put it into Shop Address of the Woo Store (Setup › Custom Metadata Types), and into the URL of its named credential where the route is through Salesforce, and give the command Adopt with Store = ${store.key}. If the shop has two addresses, give the command alone.`,
    );
  return new CodedError(
    'STORE_SOURCE_OTHER',
    `${source} sends webhooks with the secret of the store ${label}, whose shop calls itself ${home}: they are refused. It is a copy, such as a staging site.`,
    'Delete the webhooks "Salesforce sync" there (WooCommerce › Settings › Advanced › Webhooks), and the REST API key that was copied along.',
  );
}

/**
 * Takes the address that the shop calls its own for that of the store, beside the one that it has.
 * @returns the address; null where the shop calls itself as the Woo Store does
 */
export async function adoptHome(
  state: Pick<State, 'saveCursor'>,
  { store }: Pick<StoreSetup, 'store'>,
): Promise<string | null> {
  const home = await store.home();
  await state.saveCursor(store.key, FOUND, null);
  const name = shopOf(home);
  if (name === null || name === shopOf(store.url)) return null;
  await state.saveCursor(store.key, ADOPTED, name);
  return home;
}
