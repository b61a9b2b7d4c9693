import { newDraft, orgOf } from 'c/wooMappingDraft';
import { Kept } from 'c/wooMappingKept';

const org = orgOf({ mappings: [], fields: [], conditions: [], stores: [] });
const empty = () => newDraft('Empty', org);

describe('Kept', () => {
    afterEach(() => window.sessionStorage.clear());

    it('gives back what was typed, without what the org is read for', () => {
        const kept = new Kept('Order');
        expect(kept.get(org)).toBeNull();
        const draft = { ...empty(), mapping: { name: 'Order', label: 'طلبات 🎁' } };
        kept.put(null, draft);
        expect(window.sessionStorage.getItem('c-woo-mapping-editor:Order')).not.toContain('taken');
        expect(new Kept('Order').get(org)).toEqual({ before: null, draft });
        kept.remove();
        expect(kept.get(org)).toBeNull();
    });

    it('knows of which mappings something is kept, beside what others keep', () => {
        window.sessionStorage.setItem('other', '1');
        new Kept('Order').put(null, empty());
        new Kept('Deal').put(null, empty());
        expect(Kept.names().sort()).toEqual(['Deal', 'Order']);
    });

    it('lets one type on where nothing can be kept', () => {
        const storage = {
            setItem: () => {
                throw new Error('QuotaExceededError');
            },
            getItem: () => '{',
            removeItem: () => {
                throw new Error('SecurityError');
            }
        };
        const kept = new Kept('Order', storage);
        expect(() => kept.put(null, empty())).not.toThrow();
        expect(kept.get(org)).toBeNull();
    });
});
