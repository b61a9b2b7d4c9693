import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadPlatform } from './platform.ts';

interface Reference {
  readonly type: string;
  readonly attributes: object;
  readonly state?: object;
}

let pushed: string[];
let opened: string[];

beforeEach(() => {
  [pushed, opened] = [[], []];
  vi.stubGlobal('window', {
    location: { origin: 'http://host', pathname: '/lightning/page/home', search: '' },
    history: { pushState: (_: null, __: string, url: string) => pushed.push(url) },
    open: (url: string) => opened.push(url),
    addEventListener: () => undefined,
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

interface Router {
  readonly urlOf: (reference: Reference) => string;
  readonly referenceOf: (url: { pathname: string; search: string }) => Reference;
  readonly navigate: (reference: Reference) => void;
}

const router = () => loadPlatform<Router>('platform/router');

const id = '003Lo0000000001IAA';

test.each<[string, Reference]>([
  [
    `/lightning/r/Contact/${id}/view`,
    {
      type: 'standard__recordPage',
      attributes: { objectApiName: 'Contact', recordId: id, actionName: 'view' },
      state: {},
    },
  ],
  [
    '/lightning/o/Woo_Order__c/list?filterName=Last_30_Days',
    {
      type: 'standard__objectPage',
      attributes: { objectApiName: 'Woo_Order__c', actionName: 'list' },
      state: { filterName: 'Last_30_Days' },
    },
  ],
  [
    '/lightning/page/home',
    { type: 'standard__namedPage', attributes: { pageName: 'home' }, state: {} },
  ],
  [
    '/lightning/n/Woo_Help',
    { type: 'standard__navItemPage', attributes: { apiName: 'Woo_Help' }, state: {} },
  ],
])('%s is an address and a page reference', async (address, reference) => {
  const { urlOf, referenceOf } = await router();
  const { pathname, search } = new URL(address, 'http://host');
  expect(referenceOf({ pathname, search })).toEqual(reference);
  expect(urlOf(reference)).toBe(address);
});

test('options of the host are no state of the page', async () => {
  const { referenceOf } = await router();
  const search = '?language=ja&formFactor=Small&a=1';
  expect(referenceOf({ pathname: '/lightning/page/home', search }).state).toEqual({ a: '1' });
});

test('an address that no page has is told apart', async () => {
  const { referenceOf } = await router();
  expect(referenceOf({ pathname: '/lightning/r/x/view', search: '' }).type).toBe('host__unknown');
});

test('a page type that is not known is an error', async () => {
  const { urlOf } = await router();
  expect(() => urlOf({ type: 'standard__app', attributes: {} })).toThrow('type standard__app');
});

test('pages of others open beside this one, pages of the org in it', async () => {
  const { navigate } = await router();
  navigate({ type: 'standard__webPage', attributes: { url: 'https://shop.example/wp-admin' } });
  navigate({ type: 'standard__webPage', attributes: { url: '/lightning/page/home' } });
  expect(opened).toEqual(['https://shop.example/wp-admin']);
  expect(pushed).toEqual(['/lightning/page/home']);
});
