import { issuesOf, stateOf } from '../state';
import { stateAnswer } from './org';

const common = { object: 'Woo_Order__c', resource: 'order', store: null };
const ofOutlet = { ...common, store: 'outlet' };
const { uiapi } = stateAnswer({
    issues: [
        ['Woo_Order__c', 'order', 'main', 4],
        ['Woo_Order__c', 'order', 'third', 2],
        ['Woo_Order__c', 'order', 'outlet', 1],
        ['Woo_Order__c', 'refund', 'main', 7]
    ]
});
const state = stateOf(uiapi, new Date());

describe('open issues of a mapping', () => {
    it('are those of its store, and of a mapping of all stores those that no other one has', () => {
        expect(issuesOf(state, common, [common, ofOutlet])).toBe(6);
        expect(issuesOf(state, ofOutlet, [common, ofOutlet])).toBe(1);
    });

    it('are those of all stores where none has a mapping of its own for the same records', () => {
        const others = [
            { ...ofOutlet, resource: 'refund' },
            { ...ofOutlet, object: 'Opportunity' }
        ];
        expect(issuesOf(state, common, [common, ...others])).toBe(7);
        expect(issuesOf(state, { ...common, object: 'Opportunity' }, [common, ...others])).toBe(0);
    });
});
