import {
  callOption,
  FaultList,
  isMeant,
  readFaultOf,
  times,
  wholeOption,
  type FaultOf,
} from '../../shared/faults.ts';
import { isTopic } from '../webhooks/topics.ts';

const on = callOption('GET orders or orders/{id}');

/** What a request to the API meets; each request meets one at most. */
const callKinds = {
  status: {
    on,
    times,
    status: wholeOption(400, 599),
    retry_after: (value: unknown, name: string) =>
      value === undefined ? undefined : wholeOption(0, 86_400)(value, name),
  },
  html: { on, times },
  empty: { on, times },
  broken: { on, times },
  cut_call: { on, times },
  cut_answer: { on, times },
  slow_answer: { on, times, milliseconds: wholeOption(1, 600_000) },
};

/** What a delivery of a webhook meets. */
const deliveryKinds = {
  drop_delivery: { on: topicOption, times },
  duplicate_delivery: { on: topicOption, times, copies: wholeOption(2, 1000, 2) },
};

/** What the shop meets when it fetches an image. */
const fetchKinds = {
  fetch_status: { on: addressOption, times, status: wholeOption(400, 599) },
  fetch_timeout: { on: addressOption, times },
  slow_fetch: { on: addressOption, times, milliseconds: wholeOption(1, 600_000) },
};

const kinds = { ...callKinds, ...deliveryKinds, ...fetchKinds };

export type CallFault = FaultOf<typeof callKinds>;
type DeliveryFault = FaultOf<typeof deliveryKinds>;
type FetchFault = FaultOf<typeof fetchKinds>;
export type Fault = FaultOf<typeof kinds>;

/** Reads what `POST /local/faults` was sent. @throws Error with a sentence */
export function readFault(body: Readonly<Record<string, unknown>>): Fault {
  return readFaultOf(kinds, body);
}

/** Misfortunes of the shop that are still to come, oldest first. */
export class Faults extends FaultList<Fault> {
  /** What the next request meets. @param path as it was asked for */
  takeCall(method: string, path: string): CallFault | undefined {
    const route = routeOf(path);
    const fault = this.take((one) => isOfCalls(one) && isMeant(one.on, method, route));
    return fault && isOfCalls(fault) ? fault : undefined;
  }

  /** What fetching an image from this address meets. */
  takeFetch(url: string): FetchFault | undefined {
    const fault = this.take((one) => isOfFetches(one) && url.includes(one.on ?? ''));
    return fault && isOfFetches(fault) ? fault : undefined;
  }

  /** How often the next delivery of a topic is sent: 0 where it is lost. */
  takeCopies(topic: string): number {
    const fault = this.take(
      (one) => isOfDeliveries(one) && (one.on === undefined || one.on === topic),
    );
    if (fault?.kind === 'drop_delivery') return 0;
    return fault?.kind === 'duplicate_delivery' ? fault.copies : 1;
  }
}

/** How faults name a request: `orders`, `orders/{id}/refunds`. */
function routeOf(path: string): string {
  return path.replace(/^\/wp-json\/(wc\/v3\/)?/, '').replace(/\/\d+(?=\/|$)/g, '/{id}');
}

function topicOption(value: unknown, name: string): string | undefined {
  if (value === undefined || (typeof value === 'string' && isTopic(value))) return value;
  const said = JSON.stringify(value);
  throw new Error(`${name} is ${said}: give a topic such as order.updated.`);
}

function addressOption(value: unknown, name: string): string | undefined {
  if (value === undefined || (typeof value === 'string' && value !== '')) return value;
  const said = JSON.stringify(value);
  throw new Error(`${name} is ${said}: give a part of the image's address, such as a.png.`);
}

function isOfCalls(fault: Fault): fault is CallFault {
  return fault.kind in callKinds;
}

function isOfDeliveries(fault: Fault): fault is DeliveryFault {
  return fault.kind in deliveryKinds;
}

function isOfFetches(fault: Fault): fault is FetchFault {
  return fault.kind in fetchKinds;
}
