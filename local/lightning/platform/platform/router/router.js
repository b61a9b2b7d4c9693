/** Page references of Salesforce and the addresses they have in Lightning Experience. */

const listeners = new Set();

/** Parameters of the host itself. */
const hostOptions = new Set(['language', 'formFactor']);

const stateOf = (search) =>
  Object.fromEntries([...new URLSearchParams(search)].filter(([name]) => !hostOptions.has(name)));

const searchOf = (state = {}) => {
  const text = new URLSearchParams(
    Object.entries(state).filter(([, value]) => value !== undefined && value !== null),
  ).toString();
  return text === '' ? '' : `?${text}`;
};

const pathMakers = {
  standard__recordPage: ({ recordId, objectApiName, actionName = 'view' }) =>
    `/lightning/r/${objectApiName ? `${objectApiName}/` : ''}${recordId}/${actionName}`,
  standard__recordRelationshipPage: ({
    recordId,
    objectApiName,
    relationshipApiName,
    actionName = 'view',
  }) => `/lightning/r/${objectApiName}/${recordId}/related/${relationshipApiName}/${actionName}`,
  standard__objectPage: ({ objectApiName, actionName = 'list' }) =>
    `/lightning/o/${objectApiName}/${actionName}`,
  standard__namedPage: ({ pageName }) => `/lightning/page/${pageName}`,
  standard__navItemPage: ({ apiName }) => `/lightning/n/${apiName}`,
};

/**
 * The address of a page reference.
 * @throws Error for a type that the host does not know
 */
export function urlOf({ type, attributes = {}, state }) {
  if (type === 'standard__webPage') return attributes.url;
  const maker = pathMakers[type];
  if (!maker) throw new Error(`The host cannot go to a page of type ${type}.`);
  return `${maker(attributes)}${searchOf(state)}`;
}

const routes = [
  [
    /^\/lightning\/r\/(?:(\w+)\/)?(\w{15}|\w{18})\/(view|edit)$/,
    ([, objectApiName, recordId, actionName]) => ({
      type: 'standard__recordPage',
      attributes: { objectApiName, recordId, actionName },
    }),
  ],
  [
    /^\/lightning\/o\/(\w+)\/(\w+)$/,
    ([, objectApiName, actionName]) => ({
      type: 'standard__objectPage',
      attributes: { objectApiName, actionName },
    }),
  ],
  [
    /^\/lightning\/page\/(\w+)$/,
    ([, pageName]) => ({ type: 'standard__namedPage', attributes: { pageName } }),
  ],
  [
    /^\/lightning\/n\/(\w+)$/,
    ([, apiName]) => ({ type: 'standard__navItemPage', attributes: { apiName } }),
  ],
  [/^\/host\/component\/(\w+)$/, ([, name]) => ({ type: 'host__component', attributes: { name } })],
];

/** The page reference of an address; of type `host__unknown` where no page has it. */
export function referenceOf({ pathname, search }) {
  const state = stateOf(search);
  for (const [pattern, make] of routes) {
    const match = pattern.exec(pathname);
    if (match) return { ...make(match), state };
  }
  return { type: 'host__unknown', attributes: { pathname }, state };
}

let current = referenceOf(window.location);

export const currentReference = () => current;

function changed() {
  current = referenceOf(window.location);
  for (const listener of listeners) listener(current);
}

/** Calls back with the reference of each page that is gone to. */
export function onNavigate(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Goes to a page; web pages of others open beside this one. */
export function navigate(reference, replace = false) {
  const url = urlOf(reference);
  if (new URL(url, window.location.origin).origin !== window.location.origin) {
    window.open(url, '_blank', 'noopener');
    return;
  }
  if (replace) window.history.replaceState(null, '', url);
  else window.history.pushState(null, '', url);
  changed();
}

window.addEventListener('popstate', changed);

const isPlainClick = ({ button, metaKey, ctrlKey, shiftKey, altKey }) =>
  button === 0 && !(metaKey || ctrlKey || shiftKey || altKey);

/** Makes links to pages of the app change the page without loading it anew, as Lightning Experience does. */
export function followLinks() {
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || !isPlainClick(event)) return;
    const link = event
      .composedPath()
      .find((node) => node instanceof HTMLAnchorElement && node.href);
    if (!link || link.target === '_blank') return;
    const { origin, pathname, search } = new URL(link.href);
    if (origin !== window.location.origin || !pathname.startsWith('/lightning/')) return;
    event.preventDefault();
    navigate(referenceOf({ pathname, search }));
  });
}
