import { createElement } from 'lwc';
import { issueOf } from 'c/wooSyncRecords';
import WooSyncIssues from 'c/wooSyncIssues';
import rich from '../../wooSyncHealth/__tests__/data/rich.json';

const issues = rich.uiapi.query.Woo_Sync_Issue__c.edges.map(({ node }) => issueOf(node));
const stores = [
    { key: 'main', name: 'Main shop' },
    { key: 'outlet', name: 'Outlet' }
];

function shown(properties) {
    const element = Object.assign(createElement('c-woo-sync-issues', { is: WooSyncIssues }), properties);
    const heard = jest.fn();
    for (const name of ['filter', 'page', 'settle']) {
        element.addEventListener(name, ({ type, detail }) => heard(type, detail));
    }
    document.body.appendChild(element);
    const root = element.shadowRoot;
    return { heard, root, one: (selector) => root.querySelector(selector) };
}

describe('c-woo-sync-issues', () => {
    afterEach(() => document.body.replaceChildren());

    it('says that all is well, without filters', () => {
        const { one } = shown({});
        expect(one('.empty').textContent).toContain('c.Woo_Health_No_Issues');
        expect(one('lightning-combobox')).toBeNull();
        expect(one('c-woo-pager')).toBeNull();
    });

    it('says that there is nothing of a kind, and keeps the filters', () => {
        const { one, heard } = shown({ kind: 'setup', stores });
        expect(one('.empty').textContent).toContain('c.Woo_Health_No_Issues_Like_This');
        one('.kind').dispatchEvent(new CustomEvent('change', { detail: { value: '' } }));
        expect(heard).toHaveBeenCalledWith('filter', { kind: '', store: '' });
    });

    it('filters by store where there are several', () => {
        const { one, heard } = shown({ issues, kind: 'failed', stores });
        one('.store').dispatchEvent(new CustomEvent('change', { detail: { value: 'outlet' } }));
        expect(heard).toHaveBeenCalledWith('filter', { kind: 'failed', store: 'outlet' });
        expect(shown({ issues, stores: stores.slice(0, 1) }).one('.store')).toBeNull();
    });

    it('turns pages', () => {
        const { one, heard } = shown({ issues, total: 13, offset: 10, pageSize: 10, hasNext: false });
        expect(one('c-woo-pager')).toMatchObject({ before: 10, shown: 3, pageSize: 10, total: 13, hasMore: false });
        one('c-woo-pager').dispatchEvent(new CustomEvent('previous'));
        expect(heard).toHaveBeenCalledWith('page', { step: -1 });
        const first = shown({ issues, total: 13, offset: 0, hasNext: true });
        expect(first.one('c-woo-pager')).toMatchObject({ before: 0, hasMore: true });
        first.one('c-woo-pager').dispatchEvent(new CustomEvent('next'));
        expect(first.heard).toHaveBeenCalledWith('page', { step: 1 });
    });

    it('shows which issues are tried again', () => {
        const triedOf = (tried) =>
            [...shown({ issues, tried }).root.querySelectorAll('c-woo-sync-issue')].map(({ isTried }) => isTried);
        expect(triedOf([issues[1].id])).toEqual([false, true, false]);
        expect(triedOf(['*'])).toEqual([true, true, true]);
    });

    it('tells what was done with an issue', () => {
        const { one, heard } = shown({ issues });
        one('c-woo-sync-issue').dispatchEvent(new CustomEvent('settle', { detail: { issueId: 'a05' } }));
        expect(heard).toHaveBeenCalledWith('settle', { issueId: 'a05' });
    });
});
