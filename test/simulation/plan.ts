import { Random } from '../../local/store/core/random.ts';
import { DATED, type Name } from '../e2e/shop-events.ts';
import type { Chance } from './actions/chance.ts';
import { LEFT_TO_NIGHT, type OrgAction, ORG_ACTIONS } from './actions/org-actions.ts';
import { OWN_SHOP_ACTIONS, type OwnShopAction } from './actions/shop-actions.ts';
import { CONFIGURED, type ConfiguredPart, type Rule, RULES } from './world/prepared-org.ts';
import type { StoreKey } from './world/places.ts';

/** What happens to requests of the service, so many from then on. */
export type RequestFault =
  | { readonly what: 'status'; readonly status: number }
  | { readonly what: 'html' }
  | { readonly what: 'lost' }
  | { readonly what: 'cut' }
  | { readonly what: 'slow'; readonly milliseconds: number };

export type Deed =
  | ({
      readonly kind: 'shop';
      readonly store: StoreKey;
      readonly what: Name | OwnShopAction;
    } & Chance)
  | ({ readonly kind: 'org'; readonly what: OrgAction } & Chance)
  | ({ readonly kind: 'both' } & Chance)
  | { readonly kind: 'mapping'; readonly mapping: 'Product' | 'Order'; readonly isOn: boolean }
  | {
      readonly kind: 'configure';
      readonly part: ConfiguredPart;
      readonly isOn: boolean;
      /** Whether the service is told; else it sees it within five minutes. */
      readonly isReloaded: boolean;
    }
  | ({
      readonly kind: 'fault';
      readonly to: 'org' | StoreKey;
      readonly times: number;
      /** Whether reads pass by it. */
      readonly meetsWrites: boolean;
    } & RequestFault)
  | { readonly kind: 'row_lock'; readonly object: string; readonly times: number }
  | {
      readonly kind: 'messages';
      readonly what: 'lost' | 'twice';
      readonly from: 'org' | StoreKey;
      readonly times: number;
    }
  | {
      readonly kind: 'hold';
      readonly from: 'org' | StoreKey;
      readonly milliseconds: number;
      readonly order: number;
    }
  | {
      readonly kind: 'skew';
      readonly store: StoreKey;
      readonly seconds: number;
      readonly milliseconds: number;
    }
  | {
      readonly kind: 'crash';
      readonly where: 'request' | 'state';
      /** Right before the next write, or right after it took effect, or before or after the n-th call. */
      readonly when: 'before' | 'after' | 'before_write' | 'after_write';
      readonly nth: number;
      readonly downMs: number;
    }
  /** The service ends, and starts again so much later with nothing of what it knew. */
  | { readonly kind: 'lost_state'; readonly downMs: number };

/** Something that happens at its time; steps can be left out, and the others stay what they are. */
export interface Step {
  /** Counted from 0. */
  readonly day: number;
  /** In milliseconds since the day began. */
  readonly at: number;
  readonly deed: Deed;
}

export interface Plan {
  readonly seed: number;
  /** In which of many orders calls of the state end that are under way at once; 0 for the seed's own. */
  readonly order: number;
  readonly rule: Rule;
  readonly hasOutlet: boolean;
  /** So many processes of the service share one state. */
  readonly processes: 1 | 2;
  /** Whether the first store is asked through the gateway of the org. */
  readonly isByGateway: boolean;
  /** Each has its night. */
  readonly days: number;
  /** Nothing is lost on the way: the night is needed for nothing. */
  readonly isTold: boolean;
  readonly steps: readonly Step[];
}

/** One seed in ten, or each of them. */
export type Which = 'none' | 'tenth' | 'each';

export interface Size {
  readonly actions: number;
  readonly faults: number;
  readonly crashes: number;
  readonly days: number;
  /**
   * What meets a write: half of the actions change the same field on both sides, faults pass reads by, and each crash
   * comes right before or after a write. By chance they seldom do.
   */
  readonly isAimed: boolean;
  /** Which seeds lose what the service knows, once: 6, 16 and so on. */
  readonly losesState: Which;
  /** Which seeds have two processes: 8, 18 and so on. */
  readonly hasTwo: Which;
  /** Which seeds have an admin change conditions and field mappings: 2, 12 and so on. */
  readonly configures: Which;
}

export const USUAL: Size = {
  actions: 60,
  faults: 10,
  crashes: 3,
  days: 2,
  isAimed: false,
  losesState: 'none',
  hasTwo: 'none',
  configures: 'tenth',
};

const SHOP: readonly (Name | OwnShopAction)[] = [
  // These move no date, or write the same values again and again: ours tell one edit from another.
  ...DATED.filter((name) => name !== 'productChanged'),
  ...OWN_SHOP_ACTIONS,
  ...OWN_SHOP_ACTIONS,
  ...OWN_SHOP_ACTIONS,
];

/** What no webhook tells and no date shows: it is left to the night. */
const UNTOLD: ReadonlySet<string> = new Set(['refundDeleted', 'orderDeleted']);

/** The plan that a seed stands for. */
export function planOf(seed: number, size: Size = USUAL): Plan {
  const random = new Random(seed, 'plan');
  const hasOutlet = seed % 4 === 0;
  const losesState = isAmong(seed, size.losesState, 6);
  const configures = isAmong(seed, size.configures, 2);
  // What was changed while nothing is known any more, or nobody asks for it, is left to the night.
  const isTold = seed % 2 === 1 && !losesState && !configures;
  const dice = { random, hasOutlet, isTold, isAimed: size.isAimed };
  const deeds = [
    ...Array.from({ length: size.actions }, () => actionOf(dice)),
    ...Array.from({ length: size.faults }, () => faultOf(dice)),
    ...Array.from({ length: isTold ? 0 : size.crashes }, () => crashOf(dice)),
    ...(losesState ? [{ kind: 'lost_state', downMs: random.below(90_000) } as const] : []),
  ];
  const { days } = size;
  const times = new Array<number>(days).fill(0);
  const steps = deeds
    .map((deed) => ({ deed, rank: random.next() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ deed }, index): Step => {
      const day = Math.floor((index * days) / deeds.length);
      // Some follow each other within the time in which one record is looked at.
      const wait = random.chance(0.6) ? random.below(300) : random.below(20_000);
      const at = (times[day] ?? 0) + wait;
      times[day] = at;
      return { day, at, deed };
    });
  return {
    seed,
    hasOutlet,
    isTold,
    days,
    steps: configures ? withConfiguration(seed, days, steps) : steps,
    order: 0,
    processes: isAmong(seed, size.hasTwo, 8) ? 2 : 1,
    isByGateway: seed % 5 === 0,
    rule: RULES[Math.floor(seed / 4) % 4] ?? 'woo_wins',
  };
}

function isAmong(seed: number, which: Which, tenth: number): boolean {
  return which === 'each' || (which === 'tenth' && seed % 10 === tenth);
}

/** What an admin changes of conditions and field mappings meanwhile; all else stays as it is without. */
function withConfiguration(seed: number, days: number, steps: readonly Step[]): readonly Step[] {
  const random = new Random(seed, 'configuration');
  const own = Array.from({ length: 2 * days + random.below(3) }, (): Step => {
    const day = random.below(days);
    const end = steps.findLast((step) => step.day === day)?.at ?? 0;
    const deed = {
      kind: 'configure',
      part: random.pick(CONFIGURED),
      isOn: random.chance(0.5),
      isReloaded: random.chance(0.5),
    } as const;
    return { day, at: random.below(end + 1), deed };
  });
  return [...steps, ...own].toSorted((a, b) => a.day - b.day || a.at - b.at);
}

interface Dice {
  readonly random: Random;
  readonly hasOutlet: boolean;
  readonly isTold: boolean;
  readonly isAimed: boolean;
}

function storeOf({ random, hasOutlet }: Dice): StoreKey {
  return hasOutlet && random.chance(0.35) ? 'outlet' : 'main';
}

function actionOf(dice: Dice): Deed {
  const { random, isTold, isAimed } = dice;
  // Few records have much happen to them.
  const pick = random.chance(0.7) ? random.below(3) : random.below(2000);
  const chance = { pick, value: random.below(2000) };
  if (isAimed && random.chance(0.5)) return { kind: 'both', ...chance };
  if (!isTold && random.chance(0.04))
    return {
      kind: 'mapping',
      mapping: random.pick(['Product', 'Order'] as const),
      isOn: random.chance(0.6),
    };
  if (random.chance(0.55))
    return {
      kind: 'shop',
      store: storeOf(dice),
      ...chance,
      what: random.pick(isTold ? SHOP.filter((name) => !UNTOLD.has(name)) : SHOP),
    };
  const what = random.pick(
    isTold ? ORG_ACTIONS.filter((name) => !LEFT_TO_NIGHT.has(name)) : ORG_ACTIONS,
  );
  return { kind: 'org', what, ...chance };
}

function faultOf(dice: Dice): Deed {
  const { random, isTold, isAimed: meetsWrites } = dice;
  const to = random.chance(0.5) ? 'org' : storeOf(dice);
  const times = 1 + random.below(4);
  const kinds = ['status', 'html', 'lost', 'cut', 'slow', 'hold', 'twice', 'row_lock'] as const;
  const kind = random.pick(isTold ? kinds : ([...kinds, 'message_lost', 'skew'] as const));
  if (kind === 'status') {
    const status = random.pick(to === 'org' ? [500, 502, 503] : [429, 500, 502, 503, 504]);
    return { kind: 'fault', to, times, meetsWrites, what: 'status', status };
  }
  if (kind === 'slow')
    return {
      kind: 'fault',
      to,
      times,
      meetsWrites,
      what: 'slow',
      milliseconds: random.below(8000),
    };
  if (kind === 'hold')
    return {
      kind: 'hold',
      from: to,
      milliseconds: random.below(30_000),
      order: random.below(1000),
    };
  if (kind === 'twice') return { kind: 'messages', what: 'twice', from: to, times };
  if (kind === 'message_lost') return { kind: 'messages', what: 'lost', from: to, times };
  if (kind === 'row_lock')
    return {
      kind: 'row_lock',
      object: random.pick(['Product2', 'Woo_Order__c', 'Contact']),
      times,
    };
  if (kind === 'skew') {
    const seconds = random.pick([-3600, -5, 5, 300, 3600]);
    return { kind: 'skew', store: storeOf(dice), seconds, milliseconds: random.below(20_000) };
  }
  return { kind: 'fault', to, times, meetsWrites, what: kind };
}

function crashOf({ random, isAimed }: Dice): Deed {
  const meetsWrite = random.chance(0.5);
  const when = meetsWrite
    ? 'after_write'
    : isAimed
      ? 'before_write'
      : random.pick(['before', 'after'] as const);
  return {
    kind: 'crash',
    where: random.pick(['request', 'state'] as const),
    when,
    nth: 1 + random.below(12),
    downMs: random.below(90_000),
  };
}
