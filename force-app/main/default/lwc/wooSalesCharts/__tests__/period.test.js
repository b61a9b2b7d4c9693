import { Period } from '../period';

const between = ({ Created_In_Woo__c: { gte, lt } }) => [gte.value, lt.value];

describe('a period', () => {
    it('has each of its days once, ten in a request, from midnight to midnight of the viewer', () => {
        const period = new Period('2026-03-09', 30, 'America/New_York');
        const requests = [period.first, period.second, period.third];
        expect(requests.map(({ variables }) => Object.keys(variables).length)).toEqual([10, 10, 10]);
        const days = requests.flatMap(({ variables }) => Object.values(variables).map(between));
        expect(days[0]).toEqual(['2026-02-08T05:00:00.000Z', '2026-02-09T05:00:00.000Z']);
        // Clocks went forward on the 8th: that day has 23 hours.
        expect(days.slice(-2)).toEqual([
            ['2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z'],
            ['2026-03-09T04:00:00.000Z', '2026-03-10T04:00:00.000Z']
        ]);
        expect(days.slice(1).map(([from]) => from)).toEqual(days.slice(0, -1).map(([, until]) => until));
        expect(between(period.parts.customers)).toEqual([days[0][0], days[29][1]]);
        const { gte, lt } = period.parts.refunds.Refunded_At__c;
        expect([gte.value, lt.value]).toEqual([days[0][0], days[29][1]]);
    });

    it('asks nothing for days that it does not have', () => {
        const period = new Period('2026-03-09', 7, 'Asia/Tokyo');
        expect(Object.values(period.first.variables).map(between)[0][0]).toBe('2026-03-02T15:00:00.000Z');
        expect([period.second, period.third]).toEqual([{}, {}]);
    });
});
