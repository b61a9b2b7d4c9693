import { refreshAllRecords } from 'platform/records';

export const REFRESH_ERROR = 'refresh_error';
export const REFRESH_COMPLETE = 'refresh_complete';
export const REFRESH_COMPLETE_WITH_ERRORS = 'refresh_complete_with_errors';

const eventName = 'lightning__refreshview';

/** Dispatched by a component whose work has changed what others on the page show. */
export class RefreshEvent extends CustomEvent {
  constructor() {
    super(eventName, { bubbles: true, composed: true, cancelable: true });
  }
}

/** What is to be called, by the id that registering gave. */
const handlers = new Map();
const containers = new Map();
let lastId = 0;

function register(place, callback, context) {
  lastId += 1;
  place.set(lastId, callback.bind(context));
  return lastId;
}

/** @param method returns a promise that settles when the component shows the new state */
export const registerRefreshHandler = (context, method) => register(handlers, method, context);

export const unregisterRefreshHandler = (id) => handlers.delete(id);

/** @param method is given the promise of a refresh's status when one begins */
export const registerRefreshContainer = (context, method) => register(containers, method, context);

export const unregisterRefreshContainer = (id) => containers.delete(id);

async function refresh() {
  const work = [refreshAllRecords(), ...[...handlers.values()].map((handler) => handler())];
  const outcomes = await Promise.allSettled(work);
  const failures = outcomes.filter(({ status }) => status === 'rejected').length;
  if (failures === 0) return REFRESH_COMPLETE;
  return failures === work.length ? REFRESH_ERROR : REFRESH_COMPLETE_WITH_ERRORS;
}

/** The page is the container of all: it refreshes its records and calls every handler. */
document.addEventListener(eventName, () => {
  const status = refresh();
  for (const begin of containers.values()) begin(status);
});
